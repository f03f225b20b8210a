using System.Text.Json;
using ServerlessFashion.Phrases;
using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Reporting.Sections;

internal static class SearchSection
{
    public static Section Of(ReportView view)
    {
        var search = view.Document.Search!;
        return new Section("search", "Search", Lead(search),
        [
            .. search.Best is { } best ? new Block[] { new Notice(Warning(view, search, best)) } : [],
            new Figures([new(SearchChart.Of(view), "One line for each trial; the best three are coloured. Each parameter runs over its "
                + "range from bottom to top, and the last place over the validation accuracies.")]),
            new TableBlock(SearchTables.Trials(view), "Trials with fewer epochs lost a rung: only the best third trained on. Their "
                + "accuracies are not comparable with those of trials that trained longer, and they were not tested. Of trials with the "
                + "same epochs and the same accuracy, the one with the smaller validation loss stands first."),
            new TableBlock(SearchTables.Parameters(view), search.Parameters.All(parameter => parameter.Importance is null)
                ? "There are no shares: fewer than two trials have ended the first rung, or all have the same validation accuracy."
                : "The share of the differences in validation accuracy between the trials of the first rung that goes with this parameter "
                    + "alone (eta squared). It is never exactly 0 with few trials."),
            .. search.Best is { } name ? new Block[] { new Listing($"{name} as a model of your own", ModelOf(view, name)) } : [],
        ]);
    }

    private static string Lead(SearchReport search) =>
        $"{Quantity.Of(search.Trials.Count, "trial")} of {search.Model}, drawn "
        + (search.Trials.Select(trial => trial.Trial.Round).Distinct().Count() > 1
            ? "in rounds: the first uniformly, the later ones near the best so far."
            : "uniformly.");

    /// <summary>The maximum of many noisy accuracies lies above the accuracy of the model that has it.</summary>
    private static string Warning(ReportView view, SearchReport search, string best)
    {
        var model = view.Document.Models.First(model => model.Name == best);
        return $"{best} has the best validation accuracy of {Quantity.Of(search.Trials.Count, "trial")}: "
            + $"{Wording.Share(model.Validation.Accuracy)}. The best of many is partly lucky, so such a figure tends to be too high. "
            + $"The test images chose nothing: there its accuracy is {Wording.Share(model.Test.Accuracy)}.";
    }

    /// <summary>The spec as the run trained it, with the batch size and the epochs of its preset.</summary>
    private static string ModelOf(ReportView view, string trial)
    {
        var configuration = view.Document.Configuration.Models.First(model => model.Name == trial);
        var spec = view.Definition.SpecOf(trial) with { BatchSize = configuration.BatchSize, Phases = configuration.Phases };
        return JsonSerializer.Serialize(spec, Json.Indented);
    }
}
