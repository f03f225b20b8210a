using System.Text;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Usage;

/// <summary>Files that cannot be used, given to every verb that reads or writes one.</summary>
public sealed class FileNamesTests(StorageFixture storage) : IDisposable
{
    private const string Name = "zebra";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <param name="name">The name of the file; with a slash at its end that of a folder.</param>
    /// <param name="content">What is in it, a byte for each character; null if it does not exist.</param>
    /// <param name="command">The command; FILE stands for the path.</param>
    [Theory]
    [InlineData("zebra.csv", null, "predict FILE")]
    [InlineData("zebra.csv", "", "predict FILE")]
    [InlineData("zebra.csv", "no header\n1\n", "predict FILE")]
    [InlineData("zebra.csv", "Id,0\n1,2\n", "predict FILE")]
    [InlineData("zebra.png", "\u0089PNG\r\n\u001a\nbroken", "predict FILE")]
    [InlineData("zebra.jpg", "\u00ff\u00d8\u00ff\u00e0broken", "predict FILE")]
    [InlineData("zebra.zip", "PK\u0003\u0004broken", "predict FILE")]
    [InlineData("zebra.npy", "\u0093NUMPY\u0001\u0000broken", "predict FILE")]
    [InlineData("zebra.idx", "\u0000\u0000\u0008\u0003\u0000\u0000\u0000\u0009", "predict FILE")]
    [InlineData("zebra.gz", "\u001f\u008b\u0008broken", "predict FILE")]
    [InlineData("zebra.heic", "\u0000\u0000\u0000\u0018ftypheic", "predict FILE")]
    [InlineData("zebra/", "", "predict FILE")]
    [InlineData("zebra.png", "\u0089PNG\r\n\u001a\nbroken", "predict FILE --json")]
    [InlineData("zebra/out.csv", null, "predict OTHER --output FILE")]
    [InlineData("zebra.csv", null, "upload FILE")]
    [InlineData("zebra/", "", "upload FILE")]
    [InlineData("zebra.json", null, "compare --models FILE")]
    [InlineData("zebra.json", "{", "compare --models FILE")]
    [InlineData("zebra.json", "[]", "compare --models FILE")]
    [InlineData("zebra.json", "{\"name\": \"mine\", \"layers\": [{\"kind\": \"flat\"}]}", "compare --models FILE")]
    [InlineData("zebra.json", "{\"name\": \"mine\", \"name\": \"mine\"}", "models add FILE")]
    [InlineData("zebra.json", "{", "models add FILE")]
    [InlineData("zebra.json", null, "search --models model1 --space FILE")]
    [InlineData("zebra.json", "{", "search --models model1 --space FILE")]
    [InlineData("zebra.json", "{\"nothing\": 1}", "search --models model1 --space FILE")]
    [InlineData("zebra.zip", null, "data add pets FILE")]
    [InlineData("zebra.zip", "PK\u0003\u0004broken", "data add pets FILE")]
    [InlineData("zebra.csv", "a,b\n1,2\n", "data add pets FILE")]
    [InlineData("zebra/", "", "data add pets FILE")]
    [InlineData("zebra/", null, "compare --preset smoke --data FILE")]
    [InlineData("zebra/", "", "data --data FILE")]
    [InlineData("zebra", "a file", "compare --preset smoke --output FILE")]
    [InlineData("zebra", "a file", "data --export-csv FILE")]
    [InlineData("zebra/", "", "functions --app FILE")]
    public async Task Command_FileThatCannotBeUsed_IsNamedOnce(string name, string? content, string command)
    {
        var path = _folder.File(name).TrimEnd('/');
        if (content is not null && name.EndsWith('/'))
        {
            Directory.CreateDirectory(path);
        }
        else if (content is not null)
        {
            await File.WriteAllBytesAsync(path, Encoding.Latin1.GetBytes(content), Cancellation);
        }

        var other = _folder.File("other.csv");
        await File.WriteAllTextAsync(
            other, $"Id,{string.Join(',', Enumerable.Range(0, 784))}\n1,{string.Join(',', Enumerable.Repeat(9, 784))}\n", Cancellation);
        string[] arguments = [.. command.Split(' ').Select(word => word == "FILE" ? path : word == "OTHER" ? other : word)];

        string[] model = command.StartsWith("predict", StringComparison.Ordinal) ? ["--model", "run/model1"] : [];

        var result = await FashionProgram.RunAsync(await AccountAsync(), [.. arguments, .. model]);

        Assert.True(result.ExitCode is 1 or 2, $"{result.ExitCode}: {result.Output}{result.Error}");
        var message = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.StartsWith("fashion: ", message, StringComparison.Ordinal);
        Assert.True(message.Split(Name).Length == 2, message);
        FileNames.AssertNamedOnce(message);
    }

    [Theory]
    [InlineData("fashion: /tmp/a.csv: line 3 of /tmp/a.csv is short")]
    [InlineData("fashion: a.csv: cannot read a.csv")]
    [InlineData("fashion: /tmp/a.csv: a.csv is empty")]
    [InlineData("fashion: output: /dev/null/x is no folder (/dev/null/x)")]
    public void AssertNamedOnce_NameThatStandsTwice_Fails(string message) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => FileNames.AssertNamedOnce(message));

    [Theory]
    [InlineData("fashion: /tmp/a.csv: line 3: expected 785 columns, found 2.")]
    [InlineData("fashion: a.csv and b.csv differ; .csv and .png are read.")]
    public void AssertNamedOnce_OtherMessage_Succeeds(string message) => FileNames.AssertNamedOnce(message);

    private async Task<string> AccountAsync()
    {
        var account = await storage.NewAccountAsync();
        var connected = FashionStorage.Connect(account);
        await connected.EnsureCreatedAsync(Cancellation);
        await RegisteredModel.AddAsync(connected, new ModelRegistry(connected, TimeProvider.System), "run", "model1");
        return account;
    }
}
