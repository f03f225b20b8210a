using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Application;
using ServerlessFashion.Registry;

namespace ServerlessFashion.Api;

/// <summary>Endpoints that list models and choose the champion.</summary>
internal static class ModelEndpoints
{
    /// <summary>The parameter that names a data set.</summary>
    public const string DatasetDescription = "The data set whose champion is meant; fashion-mnist when left out.";

    private const int LargestBody = 4 << 10;

    public static void Map(RouteGroupBuilder models)
    {
        models.MapGet("", ListAsync).Named("ListModels", "Lists the models that can be served")
            .WithDescription("Each model has its figures and the run that trained it.")
            .Responds(StatusCodes.Status200OK, "A page of models.")
            .Fails(StatusCodes.Status400BadRequest);
        models.MapGet("/champion", GetChampionAsync).Named("GetChampion", "Shows the model that predicts")
            .WithDescription("Each data set has a champion. It answers requests that name no model.")
            .Responds(StatusCodes.Status200OK, "The champion.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        models.MapPut("/champion", PutChampionAsync).Named("PutChampion", "Makes a model the champion")
            .WithDescription(
                "The model becomes the champion of its data set. The promotion is recorded as one by hand. The next predictions use the "
                + "model.")
            .Responds(StatusCodes.Status200OK, "The champion.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);
        models.MapGet("/champion/history", ListChampionsAsync).Named("ListChampions", "Lists all champions, newest first")
            .WithDescription("Each promotion is an item, a rollback too. `previous` is the champion to which the next rollback returns.")
            .Responds(StatusCodes.Status200OK, "A page of champions.")
            .Fails(StatusCodes.Status400BadRequest);
        models.MapPost("/champion/roll-back", RollBackAsync).Named("RollBackChampion", "Makes the previous champion the champion again")
            .WithDescription("Repeated requests go back step by step through the history of champions.")
            .Responds(StatusCodes.Status200OK, "The champion.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<ListDocument<ModelVersion>>> ListAsync(
        [FromServices] FashionApplication application,
        CancellationToken cancellation,
        [FromQuery, Description(Paging.TopDescription), Range(1, Paging.MaxTop)] int top = Paging.DefaultTop,
        [FromQuery, Description(Paging.ContinuationDescription)] string? continuation = null)
    {
        var page = await application.Models.ListAsync(top, Paging.DecodeTableContinuation(continuation), cancellation);
        return TypedResults.Ok(Paging.Document(page, version => version));
    }

    private static async Task<Ok<ChampionDocument>> GetChampionAsync(
        [FromServices] FashionApplication application, CancellationToken cancellation,
        [FromQuery, Description(DatasetDescription)] string? dataset = null) =>
        await DescribeAsync(application.Models, await application.Models.GetChampionAsync(dataset, cancellation), cancellation);

    private static async Task<Ok<ChampionDocument>> PutChampionAsync(
        [JsonBody(LargestBody)] JsonBody<ChampionRequest> body,
        [FromServices] FashionApplication application,
        CancellationToken cancellation)
    {
        try
        {
            var champion = await application.Promote.PromoteAsync(body.Value.RunId, body.Value.Model, "asked for over HTTP", cancellation);
            return await DescribeAsync(application.Models, champion, cancellation);
        }
        catch (InvalidInputException e)
        {
            throw JsonFields.Problem(e);
        }
    }

    private static async Task<Ok<ChampionHistory>> ListChampionsAsync(
        [FromServices] FashionApplication application,
        CancellationToken cancellation,
        [FromQuery, Description(Paging.TopDescription), Range(1, Paging.MaxTop)] int top = Paging.DefaultTop,
        [FromQuery, Description(Paging.ContinuationDescription)] string? continuation = null,
        [FromQuery, Description(DatasetDescription)] string? dataset = null)
    {
        var models = application.Models;
        var page = await models.ListPromotionsAsync(dataset, top, Paging.DecodeTableContinuation(continuation), cancellation);
        var document = Paging.Document(page, PromotionDocument.Of);
        var previous = await models.FindPreviousChampionAsync(dataset, cancellation);
        return TypedResults.Ok(
            new ChampionHistory(document.Items, document.Continuation, previous is null ? null : PromotionDocument.Of(previous)));
    }

    private static async Task<Ok<ChampionDocument>> RollBackAsync(
        [FromServices] FashionApplication application, CancellationToken cancellation,
        [FromQuery, Description(DatasetDescription)] string? dataset = null) =>
        await DescribeAsync(application.Models, await application.RollBack.RollBackAsync(dataset, cancellation), cancellation);

    private static async Task<Ok<ChampionDocument>> DescribeAsync(
        ModelQueries models, Champion champion, CancellationToken cancellation) =>
        TypedResults.Ok(ChampionDocument.Of(champion, await models.GetVersionAsync(champion, cancellation)));
}
