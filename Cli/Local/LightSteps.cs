using Microsoft.Extensions.Logging;
using ServerlessFashion.Datasets;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Local;

/// <summary>The steps that this process runs itself.</summary>
internal static class LightSteps
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) });

    public static DatasetLocator Datasets(string? data) => new(
        DatasetLocations.Default(data, Path.Combine(ProjectFolder.State, "datasets")), Http, new AptPackageInstaller());

    public static ImageNetWeights Weights() => new(Path.Combine(ProjectFolder.State, "weights"), Http);

    public static StepRegistry Create(
        FashionStorage storage, string? data, IProgress<string> notes, ILoggerFactory loggers) => new StepRegistry()
        .Add(PipelineSteps.PrepareData, new PrepareDataStep(storage, Datasets(data), Weights(), notes))
        .Add(PipelineSteps.PlanTrainings, new PlanTrainingsStep(storage))
        .Add(PipelineSteps.EvaluateEnsemble, new EvaluateEnsembleStep(storage))
        .Add(PipelineSteps.CompareModels, new CompareModelsStep(storage))
        .Add(PipelineSteps.WriteReport, new WriteReportStep(storage))
        .Add(PipelineSteps.PromoteChampion, new PromoteChampionStep(storage, TimeProvider.System))
        .Add(PipelineSteps.RecordStatus, new RecordStatusStep(storage, TimeProvider.System, loggers.CreateLogger<RecordStatusStep>()))
        .RequireAll(StepKind.Light);
}
