using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ServerlessFashion.Api;

namespace ServerlessFashion.Functions.Http;

/// <summary>The endpoints of <see cref="FashionApi"/> for the models that a run can train. A function has its endpoint's name.</summary>
public sealed class SpecFunctions(ApiEndpoints endpoints)
{
    [Function("ListSpecs")]
    public IResult List(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "specs")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("AddSpec")]
    public IResult Add(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "specs")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("GetSpecSchema")]
    public IResult GetSchema(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "specs/schema")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("GetSpec")]
    public IResult Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "specs/{name}")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("RemoveSpec")]
    public IResult Remove(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "specs/{name}")] HttpRequest request, FunctionContext context) =>
        Run(context);

    private EndpointResult Run(FunctionContext context) => new(endpoints[context.FunctionDefinition.Name]);
}
