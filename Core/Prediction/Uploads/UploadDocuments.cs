using ServerlessFashion.Predictions;

namespace ServerlessFashion.Prediction.Uploads;

/// <summary>The file <c>NAME.summary.json</c> beside the predictions of an upload.</summary>
internal sealed record SummaryDocument(
    string Name, string Etag, long Count, string Model, double Seconds, IReadOnlyList<LabelCount> LabelCounts,
    IReadOnlyList<string> Warnings);

/// <summary>The file <c>NAME.error.json</c> of an upload that cannot be predicted.</summary>
internal sealed record ErrorDocument(string Name, string Etag, string Error, DateTimeOffset FailedAt);
