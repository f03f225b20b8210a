using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServerlessFashion.Api;
using ServerlessFashion.Application;
using ServerlessFashion.Devices;
using ServerlessFashion.Functions.Hosting;
using ServerlessFashion.Functions.Incoming;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Prediction;
using ServerlessFashion.Settings;

namespace ServerlessFashion.Functions.Http;

/// <summary>The services of the part that answers HTTP, orchestrates runs, and predicts uploads.</summary>
internal static class ApiRegistration
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSettings(MachineOptions.Read);
        return services
            .AddSingleton<IProgress<StepNote>, StepLog>()
            .AddPipeline()
            .AddPrediction()
            .AddSingleton<PoisonLog>()
            .AddSingleton(CreateMachine)
            .AddScoped<DurableComparisonHost>()
            .AddScoped<IComparisonHost>(scope => scope.GetRequiredService<DurableComparisonHost>())
            .AddApplication()
            .AddFashionApi();
    }

    /// <summary>
    /// Trainings of one worker take turns, so each may use all threads. The trainer knows its device; a run that asks for none takes the
    /// trainer's setting.
    /// </summary>
    private static TrainingMachine CreateMachine(IServiceProvider services)
    {
        var threads = services.GetRequiredService<IOptions<MachineOptions>>().Value.Threads;
        return new TrainingMachine(_ => threads, asked => asked ?? DeviceChoice.Auto);
    }
}
