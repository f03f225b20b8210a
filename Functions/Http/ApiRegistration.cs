using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Api;
using ServerlessFashion.Devices;
using ServerlessFashion.Functions.Hosting;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Prediction;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Http;

internal static class ApiRegistration
{
    /// <summary>CPU threads of one training; where another app trains, the number of its cores. The default is this machine's number of cores.</summary>
    private const string ThreadsSetting = "FASHION_TRAINING_THREADS";

    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        var threads = configuration.ReadCount(ThreadsSetting, Environment.ProcessorCount);
        return services
            .AddScoped<DurableComparisonHost>()
            .AddScoped(scope => new FashionApi(
                scope.GetRequiredService<FashionStorage>(),
                scope.GetRequiredService<DurableComparisonHost>(),
                scope.GetRequiredService<ClassifierCache>(),
                // Trainings of one worker take turns, so each may use all of them.
                _ => threads,
                // The trainer knows its device; a run that asks for none takes the trainer's setting.
                asked => asked ?? DeviceChoice.Auto,
                scope.GetRequiredService<TimeProvider>()));
    }
}
