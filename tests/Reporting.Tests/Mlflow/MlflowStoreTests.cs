using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Mlflow.Tests;

/// <summary>
/// Reads the store by the rules of MLflow: mlflow/store/tracking/file_store.py, mlflow/entities/run_status.py and
/// mlflow/utils/validation.py of its repository (snapshots 001cc178 and 00f81647).
/// </summary>
public sealed partial class MlflowStoreTests
{
    private const string Experiment = "657202000000000001";

    private static readonly ReportInput Input = SyntheticReport.Input(seeds: 2) with
    {
        Failures = [new ModelFailure("resnet50", 3, "out of memory")],
    };

    private static readonly ReportDocument Document = ReportBuilder.Build(Input);

    [Fact]
    public void Render_Comparison_HasOneRunForItAndEachTraining()
    {
        var files = Render();

        var runs = files.Keys.Where(path => path.EndsWith("/meta.yaml", StringComparison.Ordinal)).Select(path => path.Split('/'))
            .Where(parts => parts.Length == 3).Select(parts => parts[1]).ToList();
        Assert.Equal(Document.Models.Count + 2, runs.Count);
        Assert.All(runs, run => Assert.Matches("^[0-9a-f]{32}\\z", run));
        Assert.Equal(runs.Count, runs.Distinct().Count());
        Assert.Contains($"artifact_location: \"file:///stores/my%20store/{Experiment}\"", files[$"{Experiment}/meta.yaml"].Split('\n'));
    }

    /// <summary>A failed run has the status 4 and a finished one 3; all of them name the comparison's run as their parent.</summary>
    [Fact]
    public void Render_Runs_TellHowTheyEndedAndWhatTheyBelongTo()
    {
        var files = Render();

        var names = files.Where(file => file.Key.EndsWith("/tags/mlflow.runName", StringComparison.Ordinal))
            .ToDictionary(file => file.Value, file => file.Key.Split('/')[1]);
        var failed = names[$"{Document.RunId} resnet50 seed 3"];
        Assert.Contains("status: 4", files[$"{Experiment}/{failed}/meta.yaml"].Split('\n'));
        Assert.Equal("out of memory", files[$"{Experiment}/{failed}/tags/mlflow.note.content"]);
        var trained = names[$"{Document.RunId} model1 seed 2"];
        Assert.Contains("status: 3", files[$"{Experiment}/{trained}/meta.yaml"].Split('\n'));
        Assert.Equal(names[Document.RunId], files[$"{Experiment}/{trained}/tags/mlflow.parentRunId"]);
        Assert.Equal("2", files[$"{Experiment}/{trained}/params/seed"]);
    }

    [Fact]
    public void Render_Metrics_AreTheHistoryLineByLine()
    {
        var model = Document.Models.Single(model => (model.Name, model.Seed) == ("model1", 2));
        var files = Render();
        var run = MlflowStore.ModelArtifacts(Document, model).Split('/')[1];

        var lines = files[$"{Experiment}/{run}/metrics/validation_accuracy"].TrimEnd('\n').Split('\n').Select(line => line.Split(' '));

        Assert.Equal(
            model.History.Select(row => (row.ValidationAccuracy, row.Epoch)),
            lines.Select(parts => (
                double.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture))));
        var times = lines.Select(parts => long.Parse(parts[0], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Document.CreatedAt.AddSeconds(model.History[0].Seconds).ToUnixTimeMilliseconds(), times[0]);
        Assert.Equal(times.Order(), times);
        var test = files[$"{Experiment}/{run}/metrics/test_accuracy"].Split(' ');
        Assert.Equal(model.Test.Accuracy, double.Parse(test[1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Render_CrossValidation_NamesTheFolds()
    {
        var document = Document with { Configuration = Document.Configuration with { Folds = 5, Budget = TimeSpan.FromMinutes(2) } };
        var files = Render(document);

        var run = MlflowStore.ModelArtifacts(document, Document.Models.Single(model => (model.Name, model.Seed) == ("model1", 2)))
            .Split('/')[1];
        Assert.Equal($"{document.RunId} model1 fold 2", files[$"{Experiment}/{run}/tags/mlflow.runName"]);
        Assert.Equal(
            ["120", "false", "fashion-mnist", "2", "5"],
            ((string[])["budget_seconds", "class_weights", "dataset", "fold", "folds"])
                .Select(name => files[$"{Experiment}/{run}/params/{name}"]));
    }

    /// <summary>Names as <c>_VALID_PARAM_AND_METRIC_NAMES</c> allows them; values of at most 6,000 characters.</summary>
    [Fact]
    public void Render_NamesAndValues_AreValidForMlflow()
    {
        foreach (var (path, content) in Render().Where(file => NamedValue().IsMatch(file.Key)))
        {
            Assert.Matches("^[/\\w.\\- :]*\\z", NamedValue().Match(path).Groups["name"].Value);
            Assert.InRange(content.Length, 1, path.Contains("/params/", StringComparison.Ordinal) ? 6000 : 1_000_000);
        }
    }

    [Fact]
    public void Render_Report_IsTheArtifactOfTheComparison()
    {
        var report = new[] { ReportFile.Text("plots/a.svg", "image/svg+xml", "<svg/>") };

        var files = MlflowStore.Render(Document, report, "/stores/x").Select(file => file.Path);

        Assert.Single(files, path => path.EndsWith("/artifacts/report/plots/a.svg", StringComparison.Ordinal));
    }

    /// <summary>MLflow reads the documents with PyYAML.</summary>
    [Fact]
    public void Render_Documents_ArePlainYamlForPython()
    {
        PythonReference.Require("yaml");
        using var folder = new TemporaryFolder();
        var yaml = Render().Single(file => file.Key.Count(letter => letter == '/') == 2
            && file.Key.EndsWith("meta.yaml", StringComparison.Ordinal) && file.Value.Contains("model4 seed 1", StringComparison.Ordinal));
        File.WriteAllText(folder.File("meta.yaml"), yaml.Value);

        var read = PythonReference.RunCode(
            "import sys, yaml; m = yaml.safe_load(open(sys.argv[1])); print(m['run_name'], type(m['start_time']).__name__, m['tags'])",
            folder.File("meta.yaml"));

        Assert.Equal($"{Document.RunId} model4 seed 1 int []", read.Trim());
    }

    private static Dictionary<string, string> Render() => Render(Document);

    private static Dictionary<string, string> Render(ReportDocument document) => MlflowStore.Render(document, [], "/stores/my store")
        .ToDictionary(file => file.Path, file => Encoding.UTF8.GetString(file.Content));

    [GeneratedRegex("/(params|metrics|tags)/(?<name>.+)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamedValue();
}
