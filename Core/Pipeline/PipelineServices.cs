using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Pipeline.Steps;

namespace ServerlessFashion.Pipeline;

/// <summary>Registers the light steps of the pipeline and the local runner.</summary>
public static class PipelineServices
{
    /// <summary>
    /// Needs the storage and the data set, and an <c>IProgress</c> of <see cref="StepNote"/>, which gets the notes of
    /// <see cref="PrepareDataStep"/>.
    /// </summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services) => services
        .AddSingleton<PrepareDataStep>()
        .AddSingleton<PlanTrainingsStep>()
        .AddSingleton<EvaluateEnsembleStep>()
        .AddSingleton<CompareModelsStep>()
        .AddSingleton<ReportInputReader>()
        .AddSingleton<WriteReportStep>()
        .AddSingleton<PromoteChampionStep>()
        .AddSingleton<RecordStatusStep>()
        .AddSingleton(CreateRegistry)
        .AddSingleton<LocalRunnerFactory>();

    private static StepRegistry CreateRegistry(IServiceProvider services) =>
        new StepRegistry(services.GetRequiredService<ILogger<StepRegistry>>())
            .Add(PipelineSteps.PrepareData, services.GetRequiredService<PrepareDataStep>())
            .Add(PipelineSteps.PlanTrainings, services.GetRequiredService<PlanTrainingsStep>())
            .Add(PipelineSteps.EvaluateEnsemble, services.GetRequiredService<EvaluateEnsembleStep>())
            .Add(PipelineSteps.CompareModels, services.GetRequiredService<CompareModelsStep>())
            .Add(PipelineSteps.WriteReport, services.GetRequiredService<WriteReportStep>())
            .Add(PipelineSteps.PromoteChampion, services.GetRequiredService<PromoteChampionStep>())
            .Add(PipelineSteps.RecordStatus, services.GetRequiredService<RecordStatusStep>())
            .RequireAll(StepKind.Light);
}
