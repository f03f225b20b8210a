using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Api;
using ServerlessFashion.Application;
using ServerlessFashion.Devices;
using ServerlessFashion.Functions.Hosting;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Http;

internal static class ApiRegistration
{
    /// <summary>
    /// CPU threads of one training. If another app trains, set it to the number of that app's cores. The default is this machine's
    /// number of cores.
    /// </summary>
    private const string ThreadsSetting = "FASHION_TRAINING_THREADS";

    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        var threads = configuration.ReadCount(ThreadsSetting, Environment.ProcessorCount);
        // Trainings of one worker take turns, so each may use all threads. The trainer knows its device; a run that asks for none takes
        // the trainer's setting.
        var machine = new TrainingMachine(_ => threads, asked => asked ?? DeviceChoice.Auto);
        return services
            .AddScoped<DurableComparisonHost>()
            .AddScoped(scope => new FashionApplication(
                scope.GetRequiredService<FashionStorage>(),
                scope.GetRequiredService<DurableComparisonHost>(),
                machine,
                scope.GetRequiredService<TimeProvider>(),
                RandomNumberGenerator.Create()))
            .AddFashionApi();
    }
}
