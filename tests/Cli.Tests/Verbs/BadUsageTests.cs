using ServerlessFashion.Cli.Tests.Usage;

namespace ServerlessFashion.Cli.Tests.Verbs;

public class BadUsageTests(StorageFixture storage)
{
    /// <summary>Nothing listens there: what is refused before storage is touched must not need it.</summary>
    private const string Unreachable =
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a;";

    private const string LongName =
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901";

    [Theory]
    [InlineData("preset: 'huge' is not a preset", "compare", "--preset", "huge")]
    [InlineData("nope.json: cannot be read (no such file or folder)", "compare", "--models", "model1,nope.json")]
    [InlineData("nope.json: cannot be read (no such file or folder)", "models", "add", "nope.json")]
    [InlineData("labels: 'six' is not one of five, garments, classes", "compare", "--labels", "six")]
    [InlineData("split: '1' is not one of competition, original", "compare", "--split", "1")]
    [InlineData("seeds: 0 is not a number from 1 to 100", "compare", "--seeds", "0")]
    [InlineData("epochs: 'model1' does not have the form model=n", "compare", "--epochs", "model1")]
    [InlineData("set: model1.learningRate: expected a number above 0 and at most 10, found '-1'", "compare", "--set",
        "model1.learningRate=-1")]
    [InlineData("set: 'model1.batchSize' does not have the form model.option=value", "compare", "--set", "model1.batchSize")]
    [InlineData("set: 'model1.batchSize' is set twice", "compare", "--set", "model1.batchSize=2", "--set", "model1.batchSize=4")]
    [InlineData("device: 'gpu' is not one of auto, cpu, cuda", "compare", "--device", "gpu")]
    [InlineData("device: cuda was asked for, but this program carries the CPU build of libtorch", "compare", "--device", "cuda")]
    [InlineData("device: cuda was asked for, but this program carries the CPU build of libtorch", "serve", "--device", "cuda")]
    [InlineData("device: cuda was asked for, but this program carries the CPU build of libtorch", "functions", "--device", "cuda")]
    [InlineData("--bogus", "compare", "--bogus")]
    [InlineData("predict: '--format' is not an option", "predict", "/dev/null", "--format", "json")]
    [InlineData("nope.png: cannot be read (no such file or folder)", "predict", "/dev/null", "nope.png")]
    [InlineData("space: . is a folder; name a JSON file with the values of each parameter.",
        "search", "--models", "model1", "--space", ".")]
    [InlineData("folds: 1 is not a number from 2 to 20", "compare", "--folds", "1")]
    [InlineData("folds: every fold is trained once, with a seed of its own", "compare", "--folds", "3", "--seeds", "2")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("expected a folder with the four files of Fashion-MNIST, found no such folder", "data", "--data", "does-not-exist")]
    [InlineData("output: expected a path, found nothing", "compare", "--preset", "smoke", "--output", "")]
    [InlineData("output: expected a path, found nothing", "predict", "shoe.png", "--output", "")]
    [InlineData("output: expected a path, found nothing", "report", "nope", "--output", " ")]
    [InlineData("export-csv: expected a path, found nothing", "data", "--export-csv", "")]
    [InlineData("output: cannot write to the folder '/dev/null/report'", "compare", "--preset", "smoke", "--output", "/dev/null/report")]
    [InlineData("export-csv: cannot write to the folder '/dev/null/files'", "data", "--export-csv", "/dev/null/files")]
    [InlineData("storage: the connection string cannot be read: a part of it is no NAME=VALUE; expected", "runs", "--storage", "nonsense")]
    [InlineData("storage: the connection string cannot be read: it does not name an account and its key; expected",
        "runs", "--storage", "AccountName=a")]
    [InlineData("storage: the connection string cannot be read: its AccountKey is not Base64; copy the whole key again.",
        "runs", "--storage", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=notbase64;EndpointSuffix=core.windows.net")]
    [InlineData("tags: expected words without spaces", "compare", "--preset", "smoke", "--tag", "two words")]
    [InlineData("name: expected at most 100 characters, found 101", "compare", "--name", LongName)]
    [InlineData("edit: expected --name, --tag or --note, found none of them", "edit", "run")]
    [InlineData("tags: expected a tag that does not begin with + or -, found '-a'", "edit", "run", "--tag", "+-a")]
    [InlineData("status: 'done' is not one of pending, running, completed, failed, cancelled", "runs", "--status", "done")]
    [InlineData("sort: 'accuracy' is not one of created, name, validation, test, duration", "runs", "--sort", "accuracy")]
    [InlineData("order: 'up' is not one of asc, desc", "runs", "--order", "up")]
    [InlineData("since: expected a date such as 2026-03-01", "runs", "--since", "yesterday")]
    [InlineData("clean: expected --older-than, --keep or --status, found none of them", "clean", "--yes")]
    [InlineData("older-than: expected an age such as 90m, 12h, 30d or 4w, found 'a month'", "clean", "--older-than", "a month")]
    [InlineData("keep: -1 is not a number from 0 to 1000000", "clean", "--keep", "-1")]
    [InlineData("status: a running run has not ended", "clean", "--status", "running")]
    public async Task Command_BadUsage_ExitsWith2AndOneLine(string expected, params string[] arguments)
    {
        var result = await FashionProgram.RunAsync(Unreachable, arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        var line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("fashion: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        FileNames.AssertNamedOnce(line);
    }

    [Theory]
    [InlineData("show", "nope")]
    [InlineData("edit", "nope", "--name", "a")]
    [InlineData("cancel", "nope")]
    [InlineData("delete", "nope", "--yes")]
    [InlineData("report", "nope", "--output", "x")]
    [InlineData("compare", "--resume", "nope")]
    public async Task Command_UnknownRun_ExitsWith2AndItsName(params string[] arguments)
    {
        var result = await FashionProgram.RunAsync(await storage.NewAccountAsync(), arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("run: 'nope' does not exist", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models: 'model2' is not a model; did you mean", "compare", "--models", "model1,model2")]
    [InlineData("model: 'model2' is not a model; did you mean", "models", "show", "model2")]
    [InlineData("model: '../x' is not a model", "models", "remove", "../x")]
    [InlineData("model: 'model4' is built in and cannot be removed", "models", "remove", "model4")]
    public async Task Command_UnknownModel_ExitsWith2AndTheNearestName(string expected, params string[] arguments)
    {
        var result = await FashionProgram.RunAsync(await storage.NewAccountAsync(), arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_ResumeWithOptions_IsRefused()
    {
        var result = await FashionProgram.RunAsync(await storage.NewAccountAsync(), "compare", "--resume", "x", "--preset", "smoke");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("resume: a run continues with its own configuration", result.Error, StringComparison.Ordinal);
    }
}
