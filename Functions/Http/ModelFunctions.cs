using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ServerlessFashion.Api;

namespace ServerlessFashion.Functions.Http;

/// <summary>The routes of <see cref="FashionApi"/> that list, promote and query models.</summary>
public sealed class ModelFunctions(FashionApi api)
{
    [Function("ListModels")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Function, "get", Route = "models")] HttpRequest request) =>
        api["ListModels"].AnswerAsync(request.HttpContext);

    [Function("GetChampion")]
    public Task<IResult> GetChampion([HttpTrigger(AuthorizationLevel.Function, "get", Route = "models/champion")] HttpRequest request) =>
        api["GetChampion"].AnswerAsync(request.HttpContext);

    [Function("PutChampion")]
    public Task<IResult> PutChampion([HttpTrigger(AuthorizationLevel.Function, "put", Route = "models/champion")] HttpRequest request) =>
        api["PutChampion"].AnswerAsync(request.HttpContext);

    [Function("RollBackChampion")]
    public Task<IResult> RollBack([HttpTrigger(AuthorizationLevel.Function, "post", Route = "models/champion/roll-back")] HttpRequest request) =>
        api["RollBackChampion"].AnswerAsync(request.HttpContext);

    [Function("Predict")]
    public Task<IResult> Predict([HttpTrigger(AuthorizationLevel.Function, "post", Route = "predictions")] HttpRequest request) =>
        api["Predict"].AnswerAsync(request.HttpContext);
}
