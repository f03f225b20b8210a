using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Pipeline.Steps;

namespace ServerlessFashion.Pipeline;

/// <summary>Registers the light steps of the pipeline and the local runner.</summary>
public static class PipelineServices
{
    /// <summary>
    /// Needs the storage and the data set, and an <c>IProgress</c> of <see cref="StepNote"/>, which receives the notes of the step
    /// <c>PrepareData</c>.
    /// </summary>
    public static IServiceCollection AddPipeline(this IServiceCollection services) => services
        .AddSingleton<ReportInputReader>()
        // The application renders reports again.
        .AddSingleton<WriteReportStep>()
        .AddSingleton(LightStepServices.CreateRegistry)
        .AddSingleton<LocalRunnerFactory>();
}
