using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ServerlessFashion.Api;

namespace ServerlessFashion.Functions.Http;

/// <summary>
/// The endpoints of <see cref="FashionApi"/> that list models, choose the champion and predict. A function has its endpoint's name.
/// </summary>
public sealed class ModelFunctions(ApiEndpoints endpoints)
{
    [Function("ListModels")]
    public IResult List(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "models")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("GetChampion")]
    public IResult GetChampion(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "models/champion")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("PutChampion")]
    public IResult PutChampion(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "models/champion")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("ListChampions")]
    public IResult ListChampions(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "models/champion/history")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("RollBackChampion")]
    public IResult RollBack(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "models/champion/roll-back")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    [Function("Predict")]
    public IResult Predict(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "predictions")] HttpRequest request,
        FunctionContext context) =>
        Run(context);

    private EndpointResult Run(FunctionContext context) => new(endpoints[context.FunctionDefinition.Name]);
}
