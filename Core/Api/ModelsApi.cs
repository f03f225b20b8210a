using Microsoft.AspNetCore.Http;
using ServerlessFashion.Application;
using ServerlessFashion.Registry;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Api;

/// <summary>A champion with the version that it is.</summary>
internal sealed record ChampionDocument(
    string Id, string RunId, string Model, int Seed, DateTimeOffset PromotedAt, PromotionCause Cause, string Reason, double? PValue, ModelVersion Version);

/// <summary>The registry of models.</summary>
internal sealed class ModelsApi(ModelRegistry registry, FashionApplication application)
{
    private const int LargestBody = 4 << 10;
    private const int DefaultTop = 20;
    private const int MostTop = 100;

    public async Task<IResult> ListAsync(HttpContext context)
    {
        var paging = Paging.Read(context.Request, DefaultTop, MostTop);
        paging.RequireTableContinuation();
        var page = await registry.ListAsync(paging.Top, paging.Continuation, context.RequestAborted);
        return Answer.Json(Paging.Document(page, version => version));
    }

    public async Task<IResult> GetChampionAsync(HttpContext context)
    {
        var champion = await registry.FindChampionAsync(context.RequestAborted)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, "There is no champion yet: run a comparison, or name one with PUT.");
        return await DescribeAsync(champion, context.RequestAborted);
    }

    public async Task<IResult> PutChampionAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        RequestBody.RequireType(context.Request, RequestBody.JsonType);
        var fields = new JsonFields(RequestBody.Parse(await RequestBody.ReadAsync(context.Request, LargestBody, cancellation)));
        var runId = fields.RequiredText("runId");
        var model = fields.RequiredText("model");
        fields.Complete();

        return await DescribeAsync(await PromoteAsync(runId, model, cancellation), cancellation);
    }

    public async Task<IResult> RollBackAsync(HttpContext context) =>
        await DescribeAsync(await application.RollBack.RollBackAsync(context.RequestAborted), context.RequestAborted);

    private async Task<Champion> PromoteAsync(string runId, string model, CancellationToken cancellation)
    {
        try
        {
            return await application.Promote.PromoteAsync(runId, model, "asked for over HTTP", cancellation);
        }
        catch (InvalidInputException e)
        {
            throw JsonFields.Problem(e);
        }
    }

    private async Task<IResult> DescribeAsync(Champion champion, CancellationToken cancellation)
    {
        var version = await registry.GetAsync(champion.RunId, champion.Model, champion.Seed, cancellation);
        return Answer.Json(new ChampionDocument(
            champion.Id, champion.RunId, champion.Model, champion.Seed, champion.PromotedAt, champion.Cause, champion.Reason, champion.PValue, version));
    }
}
