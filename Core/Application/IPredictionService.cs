namespace ServerlessFashion.Application;

/// <summary>Predicts the labels of images, in this process or at a server.</summary>
public interface IPredictionService
{
    /// <inheritdoc cref="PredictImages.OpenAsync"/>
    Task<PredictionModel> OpenAsync(string model, CancellationToken cancellation);
}
