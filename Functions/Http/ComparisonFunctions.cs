using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Api;

namespace ServerlessFashion.Functions.Http;

/// <summary>The endpoints of <see cref="FashionApi"/> under <c>comparisons</c>. A function has its endpoint's name.</summary>
public sealed class ComparisonFunctions(ApiEndpoints endpoints, DurableComparisonHost host)
{
    [Function("StartComparison")]
    public IResult Start(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "comparisons")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        FunctionContext context) =>
        Run(context, client);

    [Function("ListComparisons")]
    public IResult List(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "comparisons")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("GetComparison")]
    public IResult Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "comparisons/{id}")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("EditComparison")]
    public IResult Edit(
        [HttpTrigger(AuthorizationLevel.Function, "patch", Route = "comparisons/{id}")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("GetMetrics")]
    public IResult GetMetrics(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "comparisons/{id}/metrics")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("GetReport")]
    public IResult GetReport(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "comparisons/{id}/report")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("GetReportFile")]
    public IResult GetReportFile(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "comparisons/{id}/report/{*file}")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("ExportModel")]
    public IResult Export(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "comparisons/{id}/models/{model}/export")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("GetReports")]
    public IResult GetReports(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "reports")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("CancelComparison")]
    public IResult Cancel(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "comparisons/{id}/cancel")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        FunctionContext context) =>
        Run(context, client);

    [Function("ResumeComparison")]
    public IResult Resume(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "comparisons/{id}/resume")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        FunctionContext context) =>
        Run(context, client);

    [Function("DeleteComparison")]
    public IResult Delete(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "comparisons/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        FunctionContext context) =>
        Run(context, client);

    private EndpointResult Run(FunctionContext context, DurableTaskClient? client = null)
    {
        host.Client = client;
        return new EndpointResult(endpoints[context.FunctionDefinition.Name]);
    }
}
