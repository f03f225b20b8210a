using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessFashion.Import;

namespace ServerlessFashion.Application;

/// <summary>Registers all that a user can ask.</summary>
public static class ApplicationServices
{
    /// <summary>
    /// Needs the storage, the data sets, the predictions, an <see cref="IComparisonHost"/> and a <see cref="TrainingMachine"/>. The
    /// services are scoped, because a host may be: in the Functions app each invocation has its own.
    /// </summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => RandomNumberGenerator.Create());
        return services
            .AddScoped<SpecService>()
            .AddScoped<ConfigureComparison>()
            .AddScoped<StartComparison>()
            .AddScoped<ResumeComparison>()
            .AddScoped<CancelComparison>()
            .AddScoped<DeleteComparison>()
            .AddScoped<PlanDeletion>()
            .AddScoped<EditComparison>()
            .AddScoped<RunReferences>()
            .AddScoped<ComparisonQueries>()
            .AddScoped<PromoteModel>()
            .AddScoped<RollBackChampion>()
            .AddScoped<ModelQueries>()
            .AddScoped<ExportModel>()
            .AddScoped<ReportQueries>()
            .AddScoped<ReportArchives>()
            .AddScoped<PredictImages>()
            .AddScoped<UploadService>()
            .AddImport()
            .AddScoped<DatasetUse>()
            .AddScoped<DatasetService>()
            .AddScoped<DatasetImages>()
            .AddScoped<SentSources>()
            .AddScoped<ServiceHealth>()
            .AddScoped<IComparisonService, ComparisonService>()
            .AddScoped<IModelService, ModelService>()
            .AddScoped<ISpecService>(scope => scope.GetRequiredService<SpecService>())
            .AddScoped<IReportService>(scope => scope.GetRequiredService<ReportQueries>())
            .AddScoped<IPredictionService>(scope => scope.GetRequiredService<PredictImages>())
            .AddScoped<IUploadService>(scope => scope.GetRequiredService<UploadService>())
            .AddScoped<IDatasetService>(scope => scope.GetRequiredService<DatasetService>())
            .AddScoped<FashionApplication>();
    }
}
