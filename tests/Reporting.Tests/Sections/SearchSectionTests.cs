using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Reporting.Tables;
using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Reporting.Tests.Sections;

/// <summary>Three trials of Model 1 that end with equal validation accuracies.</summary>
public sealed class SearchSectionTests
{
    private static readonly TrialResult[] Tied =
    [
        Result(1, round: 1, loss: .5), Result(2, round: 1, loss: .3), Result(3, round: 2, loss: .4),
    ];

    [Fact]
    public void Trials_EqualAccuracy_ShowTheLossThatDecides()
    {
        var table = SearchTables.Trials(View(TrialSampler.Tpe, Tied));

        Assert.Equal("Validation loss then", table.Columns[^2].Header);
        Assert.Equal(
            ["model1-trial-02 0.3000", "model1-trial-03 0.4000", "model1-trial-01 0.5000"],
            table.Rows.Select(row => $"{row.Cells[0].Text} {row.Cells[^2].Text}"));
    }

    [Fact]
    public void Of_TrialsOfTwoRounds_SaysHowTheyWereDrawn() =>
        Assert.Equal(
            "3 trials of model1, drawn in rounds: the first uniformly, the later ones near the best so far.",
            SearchSection.Of(View(TrialSampler.Tpe, Tied)).Lead);

    /// <summary>A search that was cancelled in its first round has drawn nothing near anything.</summary>
    [Fact]
    public void Of_TrialsOfOneRound_WereDrawnUniformly() =>
        Assert.Equal("2 trials of model1, drawn uniformly.", SearchSection.Of(View(TrialSampler.Tpe, Tied[..2])).Lead);

    /// <summary>Equal accuracies have no differences to share out.</summary>
    [Fact]
    public void Of_NoShares_SaysWhyAndNotThatTheyAreNeverZero()
    {
        var note = SectionsOf.Blocks<TableBlock>(SearchSection.Of(View(TrialSampler.Tpe, Tied)))[^1].Note;

        Assert.Equal(
            "There are no shares: fewer than two trials have ended the first rung, or all have the same validation accuracy.", note);
    }

    private static TrialResult Result(int number, int round, double loss)
    {
        var values = new Dictionary<string, OptionValue> { ["batchSize"] = OptionValue.Of("64") };
        return new TrialResult(new Trial($"model1-trial-0{number}", round, values), Epochs: 4, ValidationAccuracy: .9)
        {
            ValidationLoss = loss,
        };
    }

    private static ReportView View(TrialSampler sampler, TrialResult[] trials)
    {
        var input = HandmadeRun.Input(HandmadeRun.Model1);
        input = input with
        {
            Trials = trials,
            Definition = input.Definition with
            {
                Configuration = input.Configuration with
                {
                    Models = [input.Configuration.Models.Single(model => model.Name == "model1")],
                    Search = new SearchSettings
                    {
                        Model = "model1",
                        Space = new Dictionary<string, ParameterRange>
                        {
                            ["batchSize"] = new() { Values = [.. new[] { "32", "64", "128" }.Select(OptionValue.Of)] },
                        },
                        Trials = 3,
                        Sampler = sampler,
                        Seed = 1,
                    },
                },
            },
        };
        return new ReportView(ReportBuilder.Build(input), input);
    }
}
