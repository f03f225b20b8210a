using Microsoft.AspNetCore.Http;
using ServerlessFashion.Application;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Api;

/// <summary>
/// The HTTP API: one table of routes whose handlers need nothing but a request, so that any host can map them. What they
/// answer comes from storage alone; so every host, and every instance of one, answers alike.
/// </summary>
public sealed class FashionApi
{
    /// <summary>What every path begins with.</summary>
    public const string Prefix = "/api";

    private readonly Dictionary<string, ApiRoute> _byName;

    public FashionApi(FashionStorage storage, FashionApplication application, TimeProvider time)
    {
        var comparisons = new ComparisonsApi(application, new EpochMetrics(storage));
        var reports = new ReportsApi(storage, application.Comparisons);
        var registry = new ModelRegistry(storage, time);
        var models = new ModelsApi(registry, application);
        var predictions = new PredictionsApi(application.Predict);
        var service = new ServiceApi(storage);
        Routes =
        [
            new("StartComparison", HttpMethods.Post, "/comparisons", comparisons.StartAsync),
            new("ListComparisons", HttpMethods.Get, "/comparisons", comparisons.ListAsync),
            new("GetComparison", HttpMethods.Get, "/comparisons/{id}", comparisons.GetAsync),
            new("GetMetrics", HttpMethods.Get, "/comparisons/{id}/metrics", comparisons.GetMetricsAsync),
            new("GetReport", HttpMethods.Get, "/comparisons/{id}/report", reports.GetPageAsync),
            new("GetReportFile", HttpMethods.Get, "/comparisons/{id}/report/{*file}", reports.GetFileAsync),
            new("CancelComparison", HttpMethods.Post, "/comparisons/{id}/cancel", comparisons.CancelAsync),
            new("ResumeComparison", HttpMethods.Post, "/comparisons/{id}/resume", comparisons.ResumeAsync),
            new("DeleteComparison", HttpMethods.Delete, "/comparisons/{id}", comparisons.DeleteAsync),
            new("ListModels", HttpMethods.Get, "/models", models.ListAsync),
            new("GetChampion", HttpMethods.Get, "/models/champion", models.GetChampionAsync),
            new("PutChampion", HttpMethods.Put, "/models/champion", models.PutChampionAsync),
            new("RollBackChampion", HttpMethods.Post, "/models/champion/roll-back", models.RollBackAsync),
            new("Predict", HttpMethods.Post, "/predictions", predictions.PredictAsync),
            new("GetHealth", HttpMethods.Get, "/health", service.GetHealthAsync) { IsPublic = true },
            new("GetOpenApi", HttpMethods.Get, "/openapi.json", ServiceApi.GetOpenApiAsync),
            new("GetDashboard", HttpMethods.Get, "/dashboard", ServiceApi.GetDashboardAsync),
        ];
        _byName = Routes.ToDictionary(route => route.Name);
    }

    public IReadOnlyList<ApiRoute> Routes { get; }

    /// <summary>The route of that <see cref="ApiRoute.Name"/>.</summary>
    public ApiRoute this[string name] => _byName[name];
}
