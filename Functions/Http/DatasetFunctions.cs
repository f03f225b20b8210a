using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ServerlessFashion.Api;

namespace ServerlessFashion.Functions.Http;

/// <summary>The endpoints of <see cref="FashionApi"/> under <c>datasets</c>. A function has its endpoint's name.</summary>
public sealed class DatasetFunctions(ApiEndpoints endpoints)
{
    [Function("AddDataset")]
    public IResult Add(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "datasets")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("ListDatasets")]
    public IResult List(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "datasets")] HttpRequest request, FunctionContext context) =>
        Run(context);

    [Function("GetDataset")]
    public IResult Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "datasets/{name}")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("ListDatasetImages")]
    public IResult ListImages(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "datasets/{name}/images")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("RemoveDataset")]
    public IResult Remove(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "datasets/{name}")] HttpRequest request, FunctionContext context) =>
        Run(context);

    private EndpointResult Run(FunctionContext context) => new(endpoints[context.FunctionDefinition.Name]);
}
