using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ServerlessFashion.Api;

namespace ServerlessFashion.Functions.Http;

/// <summary>The endpoints of <see cref="FashionApi"/> about the service itself. A function has its endpoint's name.</summary>
public sealed class ServiceFunctions(ApiEndpoints endpoints)
{
    [Function("GetHealth")]
    public IResult GetHealth(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("GetOpenApi")]
    public IResult GetOpenApi(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "openapi.json")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("GetDashboard")]
    public IResult GetDashboard(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "dashboard")] HttpRequest request, FunctionContext context) =>
        Run(context);

    private EndpointResult Run(FunctionContext context) => new(endpoints[context.FunctionDefinition.Name]);
}
