using System.Globalization;
using System.Text.Json;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Verbs;

/// <summary>The verbs about models, with a model whose answers are known: black images get label 0, white ones label 1.</summary>
public sealed class PredictVerbTests(StorageFixture storage) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fashion-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Predict_TwoFiles_WritesOneTable()
    {
        var account = await AccountAsync("model1");
        await PromoteAsync(account, "model1");
        var output = Path.Combine(_folder, "out.csv");

        var result = await FashionProgram.RunAsync(
            account, "predict", File("a.csv", ("1", 255), ("2", 0)), File("b.csv", ("3", 255)), "--output", output, "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        // softmax(1, 7.84) and softmax(1, 0).
        Assert.Equal(
            "Id,Label,P0,P1\n1,1,0.001069,0.998931\n2,0,0.731059,0.268941\n3,1,0.001069,0.998931\n",
            await System.IO.File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
        var document = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((3, "run/model1/seed-1"), (document.GetProperty("count").GetInt32(), document.GetProperty("model").GetString()));
    }

    [Fact]
    public async Task Predict_NamedModelAndJson_GivesTheLabelsInTheDocument()
    {
        var account = await AccountAsync("model1");

        var result = await FashionProgram.RunAsync(account, "predict", File("a.csv", ("1", 255)), "--model", "run/model1", "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        var prediction = JsonDocument.Parse(result.Output).RootElement.GetProperty("files")[0].GetProperty("predictions")[0];
        Assert.Equal((1, "label 1"), (prediction.GetProperty("label").GetInt32(), prediction.GetProperty("labelName").GetString()));
    }

    [Fact]
    public async Task Predict_BadRow_LeavesNoFileAndNamesTheLine()
    {
        var account = await AccountAsync("model1");
        var file = File("a.csv", ("1", 255));
        await System.IO.File.AppendAllTextAsync(file, "2,3\n", TestContext.Current.CancellationToken);
        var output = Path.Combine(_folder, "out.csv");

        var result = await FashionProgram.RunAsync(account, "predict", file, "--model", "run/model1", "--output", output);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("line 3: expected 785 columns, found 2", result.Error, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Predict_OutputIsTheInput_LeavesTheImagesAlone(bool byLink)
    {
        Assert.SkipWhen(byLink && OperatingSystem.IsWindows(), "Creating a link needs a privilege there.");
        var account = await AccountAsync("model1");
        var file = File("a.csv", ("1", 255));
        var before = await System.IO.File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var output = byLink ? System.IO.File.CreateSymbolicLink(Path.Combine(_folder, "link.csv"), file).FullName : file;

        var result = await FashionProgram.RunAsync(account, "predict", file, "--model", "run/model1", "--output", output);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is an input, which the rows would replace", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Predict_OutputInAFolderThatIsNotThere_IsBadInput()
    {
        var account = await AccountAsync("model1");

        var result = await FashionProgram.RunAsync(
            account, "predict", File("a.csv", ("1", 255)), "--model", "run/model1", "--output", Path.Combine(_folder, "none", "out.csv"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("out.csv cannot be written", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    /// <summary>A file that takes a device's place, as of /dev/null, would harm the whole machine. This one cannot be replaced.</summary>
    [Fact]
    public async Task Predict_OutputIsADevice_GetsTheRows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /dev/fd.");
        var account = await AccountAsync("model1");

        var result = await FashionProgram.RunAsync(
            account, "predict", File("a.csv", ("1", 255)), "--model", "run/model1", "--output", "/dev/fd/1");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("Id,Label,P0,P1\n1,1,0.001069,0.998931", result.Output);
    }

    /// <summary>What stands beside the output may be another command's, which writes the same file.</summary>
    [Fact]
    public async Task Predict_OtherFilesBesideTheOutput_AreLeftAlone()
    {
        var account = await AccountAsync("model1");
        var output = Path.Combine(_folder, "out.csv");
        await System.IO.File.WriteAllTextAsync(output + ".partial", "another's", TestContext.Current.CancellationToken);

        var result = await FashionProgram.RunAsync(
            account, "predict", File("a.csv", ("1", 255)), "--model", "run/model1", "--output", output);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("another's", await System.IO.File.ReadAllTextAsync(output + ".partial", TestContext.Current.CancellationToken));
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task Promote_TwoModelsAndRollBack_MovesTheChampion()
    {
        var account = await AccountAsync("model1", "model3");
        await PromoteAsync(account, "model1");
        await PromoteAsync(account, "model3");

        var models = JsonDocument.Parse((await FashionProgram.RunAsync(account, "models", "--json")).Output).RootElement;
        var back = await FashionProgram.RunAsync(account, "promote", "--roll-back");

        Assert.Equal("run/model3/seed-1", models.GetProperty("champion").GetProperty("id").GetString());
        Assert.Equal(2, models.GetProperty("models").GetArrayLength());
        Assert.Equal("champion: run/model1/seed-1", back.Output);
    }

    private static async Task PromoteAsync(string account, string model)
    {
        var result = await FashionProgram.RunAsync(account, "promote", "run", model);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    private async Task<string> AccountAsync(params string[] models)
    {
        var account = await storage.NewAccountAsync();
        var connected = FashionStorage.Connect(account);
        await connected.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        foreach (var model in models)
        {
            await RegisteredModel.AddAsync(connected, new ModelRegistry(connected, TimeProvider.System), "run", model);
        }

        return account;
    }

    private string File(string name, params (string Id, byte Grey)[] rows)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(
            path,
            $"Id,{string.Join(',', Enumerable.Range(0, 784))}\n"
            + string.Concat(rows.Select(row => string.Create(
                CultureInfo.InvariantCulture, $"{row.Id},{string.Join(',', Enumerable.Repeat(row.Grey, 784))}\n"))));
        return path;
    }
}
