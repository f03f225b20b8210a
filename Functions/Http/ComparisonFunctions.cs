using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Api;

namespace ServerlessFashion.Functions.Http;

/// <summary>The routes of <see cref="FashionApi"/> under <c>comparisons</c>.</summary>
public sealed class ComparisonFunctions(FashionApi api, DurableComparisonHost host)
{
    [Function("StartComparison")]
    public Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "comparisons")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        AnswerAsync("StartComparison", request, client);

    [Function("ListComparisons")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", Route = "comparisons")] HttpRequest request) =>
        api["ListComparisons"].AnswerAsync(request.HttpContext);

    [Function("GetComparison")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Function, "get", Route = "comparisons/{id}")] HttpRequest request) =>
        api["GetComparison"].AnswerAsync(request.HttpContext);

    [Function("GetMetrics")]
    public Task<IResult> GetMetrics([HttpTrigger(AuthorizationLevel.Function, "get", Route = "comparisons/{id}/metrics")] HttpRequest request) =>
        api["GetMetrics"].AnswerAsync(request.HttpContext);

    [Function("GetReport")]
    public Task<IResult> GetReport([HttpTrigger(AuthorizationLevel.Function, "get", Route = "comparisons/{id}/report")] HttpRequest request) =>
        api["GetReport"].AnswerAsync(request.HttpContext);

    [Function("GetReportFile")]
    public Task<IResult> GetReportFile([HttpTrigger(AuthorizationLevel.Function, "get", Route = "comparisons/{id}/report/{*file}")] HttpRequest request) =>
        api["GetReportFile"].AnswerAsync(request.HttpContext);

    [Function("CancelComparison")]
    public Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "comparisons/{id}/cancel")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        AnswerAsync("CancelComparison", request, client);

    [Function("ResumeComparison")]
    public Task<IResult> Resume(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "comparisons/{id}/resume")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        AnswerAsync("ResumeComparison", request, client);

    [Function("DeleteComparison")]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "comparisons/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        AnswerAsync("DeleteComparison", request, client);

    private Task<IResult> AnswerAsync(string route, HttpRequest request, DurableTaskClient client)
    {
        host.Client = client;
        return api[route].AnswerAsync(request.HttpContext);
    }
}
