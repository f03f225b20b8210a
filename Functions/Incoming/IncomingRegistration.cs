using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Functions.Incoming;

internal static class IncomingRegistration
{
    public static IServiceCollection AddIncoming(this IServiceCollection services) => services
        .AddSingleton<ModelRegistry>()
        .AddSingleton<ClassifierCache>()
        .AddSingleton<IncomingPredictor>()
        .AddSingleton<PoisonLog>();
}
