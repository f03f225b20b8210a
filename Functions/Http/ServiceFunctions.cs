using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ServerlessFashion.Api;

namespace ServerlessFashion.Functions.Http;

/// <summary>The routes of <see cref="FashionApi"/> about the service itself.</summary>
public sealed class ServiceFunctions(FashionApi api)
{
    [Function("GetHealth")]
    public Task<IResult> GetHealth([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request) =>
        api["GetHealth"].AnswerAsync(request.HttpContext);

    [Function("GetOpenApi")]
    public Task<IResult> GetOpenApi([HttpTrigger(AuthorizationLevel.Function, "get", Route = "openapi.json")] HttpRequest request) =>
        api["GetOpenApi"].AnswerAsync(request.HttpContext);

    [Function("GetDashboard")]
    public Task<IResult> GetDashboard([HttpTrigger(AuthorizationLevel.Function, "get", Route = "dashboard")] HttpRequest request) =>
        api["GetDashboard"].AnswerAsync(request.HttpContext);
}
