using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests.Files;

public sealed class ReportFilesTests
{
    private const string Markup = "<img src=x onerror=alert(1)>|&\"'";

    private static readonly ReportFile[] Files = Render(SyntheticReport.Input(), withPng: true);

    [Fact]
    public void Render_FourModels_GivesEveryFileOfTheContract()
    {
        var paths = Files.Select(file => file.Path).ToHashSet();

        Assert.Equal(Files.Length, paths.Count);
        HashSet<string> contract =
            [
                "index.html", "report.md", "report.json", "tables/comparison.csv", "tables/comparison.tex", "tables/per-class.csv",
                "tables/architecture.csv",
                "plots/accuracy-all.svg", "plots/accuracy-all.png", "plots/loss-all.svg", "plots/loss-all.png",
                .. new[] { "model1", "model3", "model4", "resnet50" }.SelectMany(model => new[]
                {
                    $"submission-{model}.csv", $"plots/accuracy-{model}.svg", $"plots/accuracy-{model}.png", $"plots/loss-{model}.svg",
                    $"plots/loss-{model}.png",
                    $"plots/confusion-{model}.png", $"plots/confusion-normalised-{model}.png", $"plots/reliability-{model}.png",
                    $"tables/confusion-{model}.csv",
                }),
            ];
        Assert.Superset(contract, paths);
    }

    [Fact]
    public void Render_Images_AreWhatTheirNamesSay()
    {
        Assert.All(Files.Where(file => file.Path.EndsWith(".png", StringComparison.Ordinal)),
            file => Assert.Equal([0x89, 0x50, 0x4E, 0x47], file.Content[..4]));
        Assert.All(Files.Where(file => file.Path.EndsWith(".svg", StringComparison.Ordinal)),
            file => Assert.Equal("svg", XDocument.Parse(Encoding.UTF8.GetString(file.Content)).Root!.Name.LocalName));
    }

    [Fact]
    public void Render_Page_AsksForNothingOutside()
    {
        var page = Text(Files, "index.html");

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.All(
            Regex.Matches(page, "src=\"([^\"]*)\"").Select(match => match.Groups[1].Value),
            address => Assert.StartsWith("data:", address, StringComparison.Ordinal));
        // Links lead to parts of the page and to the files beside it.
        Assert.All(
            Regex.Matches(page, "href=\"([^\"#][^\"]*)\"").Select(match => match.Groups[1].Value).Where(link => link != "data:,"),
            link => Assert.Contains(link, Files.Select(file => file.Path)));
        Assert.Equal(["http://www.w3.org/2000/svg"], Regex.Matches(page, "https?://[^\"' <]+").Select(match => match.Value).Distinct());
    }

    [Fact]
    public void Render_Page_HasEachIdOnceAndEveryAnchorLeadsSomewhere()
    {
        var page = Text(Files, "index.html");
        var ids = Regex.Matches(page, " id=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToArray();

        Assert.Equal(ids.Distinct(), ids);
        Assert.Superset(Regex.Matches(page, "href=\"#([^\"]*)\"").Select(match => match.Groups[1].Value).ToHashSet(), ids.ToHashSet());
    }

    [Fact]
    public void Render_Page_DescribesEveryPictureAndScopesEveryHeader()
    {
        var page = Text(Files, "index.html");

        Assert.All(Regex.Matches(page, "<img [^>]*>").Select(match => match.Value), image => Assert.Matches("alt=\"[^\"]+\"", image));
        Assert.All(Regex.Matches(page, "<svg [^>]*viewBox[^>]*>").Select(match => match.Value),
            figure => Assert.Matches("role=\"img\" aria-label=\"[^\"]+\"", figure));
        Assert.All(Regex.Matches(page, "<th[ >][^>]*").Select(match => match.Value),
            header => Assert.Contains("scope=", header, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_NamesWithMarkup_ShowAsText()
    {
        var run = SyntheticReport.Input();
        var files = Render(run with
        {
            RunId = Markup,
            Description = RunDescription.Of(Markup, [Markup.Replace(' ', '/')], Markup),
            Evaluations =
            [
                run.Evaluations[0] with
                {
                    Name = Markup,
                    Weights = Markup,
                    History = [.. run.Evaluations[0].History.Select(row => row with { Phase = Markup })],
                },
                run.Evaluations[1],
            ],
            Failures = [new ModelFailure(Markup, 1, Markup)],
            Environment = run.Environment with { Processor = Markup },
        });

        Assert.DoesNotContain("<img src=x", Text(files, "index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", Text(files, "report.md"), StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", Text(files, "index.html"), StringComparison.Ordinal);
        Assert.All(files, file => Assert.Matches("^[A-Za-z0-9/._-]+$", file.Path));
        Assert.All(files.Where(file => file.Path.EndsWith(".svg", StringComparison.Ordinal)),
            file => XDocument.Parse(Encoding.UTF8.GetString(file.Content)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Render_PrunedModels_HaveASectionWithTheirFigureAndTables(bool withDense)
    {
        var files = Render(SyntheticReport.Pruned(withDense));

        Assert.Contains("<section id=\"pruning\"", Text(files, "index.html"), StringComparison.Ordinal);
        Assert.Superset(new HashSet<string> { "plots/pruning.svg", "tables/pruning.csv", "tables/pruning-steps.csv" },
            files.Select(file => file.Path).ToHashSet());
        Assert.DoesNotContain("id=\"pruning\"", Text(Files, "index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_CompetitionSplit_SubmitsEveryTestImage()
    {
        var lines = Text(Files, "submission-model4.csv").TrimEnd('\n').Split('\n');

        Assert.Equal("Id,Label", lines[0]);
        Assert.Equal(Enumerable.Range(0, 400),
            lines.Skip(1).Select(line => int.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(lines.Skip(1), line => Assert.Matches("^[0-9]+,[0-4]$", line));
    }

    [Fact]
    public void Render_OriginalSplit_SubmitsNothing() =>
        Assert.DoesNotContain(Render(SyntheticReport.Input(split: DatasetSplit.Original)),
            file => file.Path.StartsWith("submission", StringComparison.Ordinal));

    [Fact]
    public void Render_NoModelFinished_StillGivesAReport()
    {
        var run = SyntheticReport.Input();
        var files = Render(run with { Evaluations = [], Failures = [new ModelFailure("model1", 1, "out of memory")] });

        Assert.Contains("No model finished", Text(files, "index.html"), StringComparison.Ordinal);
        Assert.Contains("out of memory", Text(files, "report.md"), StringComparison.Ordinal);
        Assert.Contains("out of memory", Text(files, "tables/failures.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NothingAtAll_StillGivesAReport()
    {
        var run = SyntheticReport.Input();
        var empty = new LabelledImages([], [], [], []);

        Assert.Contains(Render(run with { Evaluations = [], TestImages = empty, Data = run.Data with { Test = 0 } }, withPng: true),
            file => file.Path == "index.html");
    }

    [Fact]
    public void Render_FiguresThatAreNotFinite_StayReadable()
    {
        var run = SyntheticReport.Input();
        var broken = run.Evaluations[0] with
        {
            Train = new SetScore(double.NaN, double.PositiveInfinity),
            Validation = new SetScore(double.NaN, double.NaN),
            Test = new SetScore(double.NaN, double.NaN),
            TrainSeconds = double.NaN,
            History =
            [
                .. run.Evaluations[0].History.Select(row => row with
                {
                    TrainLoss = double.NaN,
                    ValidationLoss = double.PositiveInfinity,
                    ValidationAccuracy = double.NaN,
                }),
            ],
            TestScores = run.Evaluations[0].TestScores with { Logits = [.. run.Evaluations[0].TestScores.Logits.Select(_ => float.NaN)] },
        };
        var files = Render(run with { Evaluations = [broken, .. run.Evaluations.Skip(1)] }, withPng: true);

        using var json = JsonDocument.Parse(Text(files, "report.json"));
        Assert.NotEqual("model1", json.RootElement.GetProperty("winner").GetString());
        var page = Regex.Replace(Text(files, "index.html"), "data:image[^\"]*", "");
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", page, StringComparison.Ordinal);
        Assert.All(files.Where(file => file.Path.EndsWith(".svg", StringComparison.Ordinal)),
            file => Assert.DoesNotContain("NaN", Encoding.UTF8.GetString(file.Content), StringComparison.Ordinal));
    }

    [Fact]
    public void Render_OneModelOneEpoch_Works()
    {
        var run = SyntheticReport.Input(epochs: 1);
        var files = Render(run with { Evaluations = [run.Evaluations[2]] });

        Assert.Contains("only one model", Text(files, "index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_SeveralSeeds_ShowsMeanAndDeviation() =>
        Assert.Matches(@"0\.\d{4} ± 0\.\d{4}",
            Text(Render(SyntheticReport.Input(seeds: 3)), "tables/ranking.tex").Replace("$\\pm$", "±", StringComparison.Ordinal));

    [Fact]
    public void Render_SameInput_GivesTheSameText()
    {
        var again = Render(SyntheticReport.Input());

        Assert.Equal(
            Files.Where(file => !file.Path.EndsWith(".png", StringComparison.Ordinal))
                .Select(file => (file.Path, Encoding.UTF8.GetString(file.Content))),
            again.Select(file => (file.Path, Encoding.UTF8.GetString(file.Content))));
    }

    private static ReportFile[] Render(ReportInput input, bool withPng = false)
    {
        var document = ReportBuilder.Build(input);
        return [.. withPng ? ReportFiles.Render(document, input) : ReportFiles.RenderText(document, input)];
    }

    private static string Text(IEnumerable<ReportFile> files, string path) =>
        Encoding.UTF8.GetString(files.Single(file => file.Path == path).Content);
}
