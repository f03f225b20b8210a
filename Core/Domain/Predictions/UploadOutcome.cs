namespace ServerlessFashion.Predictions;

/// <summary>The state of one version of an uploaded file.</summary>
public enum UploadStatus
{
    /// <summary>Nobody has begun to predict it.</summary>
    Waiting,

    /// <summary>Its prediction has begun.</summary>
    Started,

    /// <summary>Its predictions are ready.</summary>
    Predicted,

    /// <summary>It cannot be predicted.</summary>
    Failed,

    /// <summary>A newer file of that name replaced it.</summary>
    Replaced,
}

/// <summary>What became of one version of an uploaded file.</summary>
/// <param name="Summary">The summary of its predictions; null unless it is predicted.</param>
/// <param name="Error">Why it cannot be predicted; null unless it failed.</param>
public sealed record UploadOutcome(UploadStatus Status, PredictionSummary? Summary, string? Error)
{
    public bool IsFinished => Status is UploadStatus.Predicted or UploadStatus.Failed or UploadStatus.Replaced;
}
