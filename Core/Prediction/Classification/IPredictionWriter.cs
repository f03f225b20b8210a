namespace ServerlessFashion.Prediction.Classification;

/// <summary>A form in which predictions are written: rows for programs, or sentences for people.</summary>
internal interface IPredictionWriter
{
    /// <summary>Writes the predictions of some images.</summary>
    Task WriteAsync(IReadOnlyList<string> ids, ImagePredictions predictions, CancellationToken cancellation);

    /// <summary>Ends the text after the last image.</summary>
    Task CompleteAsync(CancellationToken cancellation);
}
