using ServerlessFashion.Search;

namespace ServerlessFashion.Reporting.Tables;

/// <summary>The tables of a search.</summary>
internal static class SearchTables
{
    /// <summary>One row for each trial, the best first.</summary>
    public static ReportTable Trials(ReportView view)
    {
        var search = view.Document.Search!;
        return new ReportTable("trials", "Trials of the search",
            [
                new("Trial", Numeric: false), .. search.Parameters.Select(parameter => new Column(parameter.Name)), new("Epochs"),
                new("Best validation accuracy"), new("Validation loss then"), new("Test accuracy"),
            ],
            [.. search.Trials.Select(trial => new Row(
            [
                trial.Trial.Name, .. search.Parameters.Select(parameter => (Cell)trial.Trial.Values[parameter.Name].Text),
                Cell.Count(trial.Epochs),
                trial.ValidationAccuracy is { } accuracy ? Cell.Share(accuracy) : Cell.None,
                trial.ValidationLoss is { } loss ? Cell.Share(loss) : Cell.None,
                view.Document.Models.FirstOrDefault(model => model.Name == trial.Trial.Name) is { } model
                    ? Cell.Share(model.Test.Accuracy) : Cell.None,
            ]))]);
    }

    /// <summary>One row for each parameter.</summary>
    public static ReportTable Parameters(ReportView view) => new("parameters", "Parameters of the search",
        [new("Parameter", Numeric: false), new("Values", Numeric: false), new("Share of the differences")],
        [.. view.Document.Search!.Parameters.Select(parameter => new Row(
        [
            parameter.Name, Words(parameter.Range), parameter.Importance is { } importance ? Cell.Share(importance) : Cell.None,
        ]))]);

    private static string Words(ParameterRange range) => range.Values is { } values
        ? string.Join(", ", values.Select(value => value.Text))
        : $"{Wording.Number(range.From!.Value, "G4")} to {Wording.Number(range.To!.Value, "G4")}"
            + $"{(range.Whole == true ? ", whole" : "")}{(range.Scale == ParameterScale.Log ? ", log scale" : "")}";
}
