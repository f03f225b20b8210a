using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Datasets;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Functions.Hosting;

/// <summary>The light steps of the pipeline.</summary>
internal static class PipelineRegistration
{
    /// <summary>The setting for a folder with the four files of Fashion-MNIST. Without it the app finds or downloads them.</summary>
    private const string DataSetting = "FASHION_DATA";

    public static IServiceCollection AddPipeline(this IServiceCollection services) => services
        .AddSingleton(new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }))
        .AddSingleton<StepLog>()
        .AddSingleton(CreateSteps);

    private static StepRegistry CreateSteps(IServiceProvider services)
    {
        var storage = services.GetRequiredService<FashionStorage>();
        var time = services.GetRequiredService<TimeProvider>();
        var http = services.GetRequiredService<HttpClient>();
        var cache = Path.Combine(Path.GetTempPath(), "serverless-fashion");
        var locations = DatasetLocations.Default(services.GetRequiredService<IConfiguration>()[DataSetting], Path.Combine(cache, "datasets"));
        // An app in the cloud does not change its own image.
        var datasets = new DatasetLocator(locations, http, new AptPackageInstaller("apt-get", hasRootRights: false), time);
        return new StepRegistry()
            .Add(PipelineSteps.PrepareData, new PrepareDataStep(
                storage, datasets, new ImageNetWeights(Path.Combine(cache, "weights"), http), services.GetRequiredService<StepLog>()))
            .Add(PipelineSteps.PlanTrainings, new PlanTrainingsStep(storage))
            .Add(PipelineSteps.EvaluateEnsemble, new EvaluateEnsembleStep(storage))
            .Add(PipelineSteps.CompareModels, new CompareModelsStep(storage))
            .Add(PipelineSteps.WriteReport, new WriteReportStep(storage))
            .Add(PipelineSteps.PromoteChampion, new PromoteChampionStep(storage, time))
            .Add(PipelineSteps.RecordStatus, new RecordStatusStep(storage, time, services.GetService<ILogger<RecordStatusStep>>()))
            .RequireAll(StepKind.Light);
    }
}
