using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Verbs;

/// <summary>The inputs and outputs of <c>predict</c> that are no files.</summary>
public sealed class PredictInputTests(StorageFixture storage) : IDisposable
{
    private const string Model = "run/model1";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Predict_StandardInput_IsRead()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a shell.");
        WriteImages("images.idx.gz", 3);

        var result = await FashionProgram.RunScriptAsync(
            await AccountAsync(), $"\"$FASHION\" predict - --model {Model} < '{_folder.File("images.idx.gz")}'");

        Assert.Equal((0, 4), (result.ExitCode, result.Output.Trim().Split('\n').Length));
        Assert.Contains("standard input: every value is 0", result.Error, StringComparison.Ordinal);
    }

    /// <summary>The program <c>script</c> of util-linux gives a command a terminal.</summary>
    [Fact]
    public async Task Predict_Terminal_AnswersInWords()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "Needs the program script.");
        WriteImages("images.idx.gz", 2);

        var result = await FashionProgram.RunScriptAsync(
            await AccountAsync(),
            $"script -qec \"$FASHION predict '{_folder.File("images.idx.gz")}' --model {Model}\" /dev/null < /dev/null");

        Assert.Matches(@"(?m)^0: label \d, [\d.]+ %\r?$", result.Output);
        Assert.Matches(@"(?m)^1: label \d, [\d.]+ %\r?$", result.Output);
        Assert.DoesNotContain("P0", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_Folder_GivesItsPictures()
    {
        PythonReference.Require("PIL");
        PythonReference.RunCode(
            """
            import sys
            from PIL import Image
            for name in ("b.png", "a.jpg"):
                Image.new("L", (28, 28), 50).save(f"{sys.argv[1]}/{name}")
            """,
            _folder.Path);
        await File.WriteAllTextAsync(_folder.File("notes.txt"), "x", Cancellation);

        var result = await FashionProgram.RunAsync(await AccountAsync(), "predict", _folder.Path, "--model", Model, "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        var file = JsonDocument.Parse(result.Output).RootElement.GetProperty("files")[0];
        var ids = file.GetProperty("predictions").EnumerateArray().Select(item => item.GetProperty("id").GetString());
        Assert.Equal(["a.jpg", "b.png"], ids);
        var warning = Assert.Single(file.GetProperty("summary").GetProperty("warnings").EnumerateArray()).GetString();
        Assert.Equal("skipped 'notes.txt', which is no picture.", warning);
    }

    /// <summary>100,000 rows do not fit into a pipe, so the command notices that nobody reads them.</summary>
    [Fact]
    public async Task Predict_ReaderThatHasEnough_EndsQuietly()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a shell.");
        WriteImages("images.idx.gz", 100_000);

        var result = await FashionProgram.RunScriptAsync(
            await AccountAsync(),
            $"\"$FASHION\" predict '{_folder.File("images.idx.gz")}' --model {Model} | head -1; echo \"exit ${{PIPESTATUS[0]}}\"");

        Assert.Equal("Id,Label,P0,P1\nexit 0\n", result.Output);
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Predict_OutputThatIsAFolder_IsRefused(string end)
    {
        WriteImages("images.idx.gz", 3);

        var result = await FashionProgram.RunAsync(
            await AccountAsync(), "predict", _folder.File("images.idx.gz"), "--model", Model, "--output", _folder.Path + end);

        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith(
            $"fashion: output: {_folder.Path}{end} is a folder; name a file, such as {_folder.File("predictions.csv")}.\n", result.Error,
            StringComparison.Ordinal);
    }

    /// <summary>The device refuses every byte as a full disk does.</summary>
    [Theory]
    [InlineData("predict '{0}' --model {1} > /dev/full", "it")]
    [InlineData("predict '{0}' --model {1} --json > /dev/full", "it")]
    [InlineData("predict '{0}' --model {1} --output /dev/full", "/dev/full")]
    public async Task Predict_OutputThatIsFull_FailsWithOneSentence(string command, string output)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the device /dev/full.");
        WriteImages("images.idx.gz", 3);
        var arguments = string.Format(CultureInfo.InvariantCulture, command, _folder.File("images.idx.gz"), Model);

        var result = await FashionProgram.RunScriptAsync(await AccountAsync(), $"\"$FASHION\" {arguments}");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"fashion: output: {output} cannot be written, because the disk is full; free some space.",
            result.Error.TrimEnd().Split('\n')[^1]);
        Assert.DoesNotContain("unexpected", result.Error, StringComparison.Ordinal);
    }

    /// <summary>The pipe has a writer that sends nothing. Opening it for writing ends when the command has opened it for reading.</summary>
    [Fact]
    public async Task Predict_PipeThatStaysSilent_EndsWithTheFirstSignal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a named pipe.");
        var account = await AccountAsync();
        var pipe = _folder.File("pipe");
        Assert.Equal(0, (await FashionProgram.RunScriptAsync("", $"mkfifo '{pipe}'")).ExitCode);
        using var program = FashionProgram.Start(account, "no such line", "predict", pipe, "--model", Model);
        await using var writer = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write), Cancellation);

        program.Terminate();

        Assert.Equal(130, (await program.EndAsync()).ExitCode);
    }

    /// <summary>Black images as IDX in gzip.</summary>
    private void WriteImages(string name, int count)
    {
        using var file = File.Create(_folder.File(name));
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        gzip.Write([0, 0, 8, 3, (byte)(count >> 24), (byte)(count >> 16), (byte)(count >> 8), (byte)count, 0, 0, 0, 28, 0, 0, 0, 28]);
        for (var image = 0; image < count; image++)
        {
            gzip.Write(new byte[784]);
        }
    }

    private async Task<string> AccountAsync()
    {
        var account = await storage.NewAccountAsync();
        var connected = FashionStorage.Connect(account);
        await connected.EnsureCreatedAsync(Cancellation);
        await RegisteredModel.AddAsync(connected, new ModelRegistry(connected, TimeProvider.System), "run", "model1");
        return account;
    }
}
