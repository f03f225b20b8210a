using System.ComponentModel;
using ServerlessFashion.Application;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Api.Documents;

/// <summary>One version of an uploaded file.</summary>
internal sealed record UploadDocument(
    string Name,
    [property: Description("The data set whose champion predicts the file; null for fashion-mnist.")] string? Dataset,
    [property: Description("Names this version when you ask for its state.")] string Version,
    UploadStatus Status,
    [property: Description("The summary of the predictions; null unless the file is predicted.")] PredictionSummary? Summary,
    [property: Description("Why the file cannot be predicted; null unless it failed.")] string? Error)
{
    public static UploadDocument Of(UploadName name, string version, UploadOutcome outcome) =>
        new(name.File, name.Dataset, version, outcome.Status, outcome.Summary, outcome.Error);
}
