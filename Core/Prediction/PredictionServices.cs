using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Uploads;

namespace ServerlessFashion.Prediction;

/// <summary>Registers the classifiers and the prediction of uploads.</summary>
public static class PredictionServices
{
    /// <summary>Needs the storage.</summary>
    public static IServiceCollection AddPrediction(this IServiceCollection services) => services
        .AddSingleton<ClassifierCache>()
        .AddSingleton<BatchPredictor>()
        .AddSingleton<ModelLoader>()
        .AddSingleton<PredictionLog>()
        .AddSingleton<UploadStore>()
        .AddSingleton<IncomingPredictor>();
}
