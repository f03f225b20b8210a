using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ServerlessFashion.Api;

namespace ServerlessFashion.Functions.Http;

/// <summary>The endpoints of <see cref="FashionApi"/> under <c>uploads</c>. A function has its endpoint's name.</summary>
public sealed class UploadFunctions(ApiEndpoints endpoints)
{
    [Function("PutUpload")]
    public IResult Put(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "uploads/{name}")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("GetUpload")]
    public IResult Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "uploads/{name}")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("GetUploadPredictions")]
    public IResult GetPredictions(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "uploads/{name}/predictions")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    private EndpointResult Run(FunctionContext context) => new(endpoints[context.FunctionDefinition.Name]);
}
