using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Application;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Api;

/// <summary>Comparisons over HTTP: reads requests, asks the application, and writes its answers.</summary>
internal sealed class ComparisonsApi(FashionApplication application, EpochMetrics metrics)
{
    private const int LargestBody = 64 << 10;
    private const int DefaultTop = 20;
    private const int MostTop = 100;
    private const int MostMetrics = 1000;
    private const int LastEpoch = 10_000;

    public async Task<IResult> StartAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var key = IdempotencyKey.Find(context.Request);
        var (configuration, namesDevice) = await ReadConfigurationAsync(context.Request, cancellation);
        return Accepted(context, await application.Start.StartAsync(configuration, namesDevice, key, cancellation));
    }

    public async Task<IResult> ListAsync(HttpContext context)
    {
        var paging = Paging.Read(context.Request, DefaultTop, MostTop);
        paging.RequireTableContinuation();
        var page = await application.Comparisons.ListAsync(paging.Top, paging.Continuation, context.RequestAborted);
        return Answer.Json(Paging.Document(page, ComparisonSummary.Of));
    }

    public async Task<IResult> GetAsync(HttpContext context) =>
        Answer.Json(ComparisonDocument.Of(await application.Comparisons.GetStatusAsync(RunId(context), context.RequestAborted)));

    public async Task<IResult> ResumeAsync(HttpContext context)
    {
        var (run, hasWork) = await application.Resume.ResumeAsync(RunId(context), context.RequestAborted);
        return hasWork
            ? Accepted(context, run)
            : throw new ProblemException(
                StatusCodes.Status409Conflict, $"run {run.Id} is completed and none of its models failed; there is nothing to resume.");
    }

    public async Task<IResult> CancelAsync(HttpContext context)
    {
        var (run, requested) = await application.Cancel.CancelAsync(RunId(context), context.RequestAborted);
        return requested
            ? Accepted(context, run)
            : throw new ProblemException(StatusCodes.Status409Conflict, $"run {run.Id} is {run.Status.Describe()} already.");
    }

    public async Task<IResult> DeleteAsync(HttpContext context)
    {
        await application.Delete.DeleteAsync(RunId(context), context.RequestAborted);
        return Results.NoContent();
    }

    public async Task<IResult> GetMetricsAsync(HttpContext context)
    {
        var request = context.Request;
        var run = await application.Comparisons.GetAsync(RunId(context), context.RequestAborted);
        var model = QueryText.Find(request, "model");
        if (model is not null && run.Configuration.Models.All(known => known.Name != model))
        {
            throw new InvalidInputException($"model: run {run.Id} has no model '{model}'; its models are {string.Join(", ", run.Configuration.Models.Select(known => known.Name))}.");
        }

        var seed = QueryText.WholeNumber(request, "seed", 1, int.MaxValue);
        var after = QueryText.WholeNumber(request, "after", 0, LastEpoch) ?? 0;
        var paging = Paging.Read(request, MostMetrics, MostMetrics);
        var trainings = (
            from training in run.Configuration.Trainings()
            where (model is null || training.Model.Name == model) && (seed is null || training.Seed == seed)
            select (training.Model.Name, training.Seed)).ToList();
        return Answer.Json(await ReadMetricsAsync(run.Id, trainings, after, paging, context.RequestAborted));
    }

    private async Task<(RunConfiguration Configuration, bool NamesDevice)> ReadConfigurationAsync(
        HttpRequest request, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadAsync(request, LargestBody, cancellation);
        var options = new ComparisonOptions();
        if (!body.IsEmpty)
        {
            RequestBody.RequireType(request, RequestBody.JsonType);
            options = ComparisonOptionsReader.Read(RequestBody.Parse(body));
        }

        try
        {
            return (application.Machine.Configure(options), options.Device is not null);
        }
        catch (InvalidInputException e)
        {
            throw JsonFields.Problem(e);
        }
    }

    private async Task<ListDocument<MetricsDocument>> ReadMetricsAsync(
        string runId, List<(string Name, int Seed)> trainings, int after, Paging paging, CancellationToken cancellation)
    {
        var (training, epoch) = Position(paging, trainings.Count, after);
        var items = new List<MetricsDocument>();
        for (; training < trainings.Count; training++, epoch = after)
        {
            var (name, seed) = trainings[training];
            var rows = await metrics.ListAsync(runId, name, seed, epoch, cancellation);
            items.AddRange(rows.Take(paging.Top - items.Count).Select(row => MetricsDocument.Of(name, seed, row)));
            if (items.Count == paging.Top)
            {
                var next = string.Create(CultureInfo.InvariantCulture, $"{training} {items[^1].Epoch}");
                return new ListDocument<MetricsDocument>(items, Paging.Encode(next));
            }
        }

        return new ListDocument<MetricsDocument>(items, null);
    }

    /// <summary>Where a page begins: an index into the trainings, and the epoch of it that came last.</summary>
    private static (int Training, int Epoch) Position(Paging paging, int trainings, int after)
    {
        if (paging.Continuation is null)
        {
            return (0, after);
        }

        return paging.Continuation.Split(' ') is [var index, var last]
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var training) && training < trainings
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? (training, epoch)
            : throw Paging.Unknown();
    }

    private static IResult Accepted(HttpContext context, RunRecord run)
    {
        context.Response.Headers.Location = ComparisonLinks.PathOf(run.Id);
        return Answer.Json(AcceptedDocument.Of(run), StatusCodes.Status202Accepted);
    }

    private static string RunId(HttpContext context) => (string)context.GetRouteValue("id")!;
}
