using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServerlessFashion.Devices;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Api;

/// <summary>Starts, lists, shows and cancels comparisons.</summary>
internal sealed class ComparisonsApi(FashionStorage storage, IComparisonHost host, Func<int, int> threads, Func<DeviceChoice?, DeviceChoice> device, TimeProvider time)
{
    private const int LargestBody = 64 << 10;
    private const int DefaultTop = 20;
    private const int MostTop = 100;
    private const int MostMetrics = 1000;
    private const int LastEpoch = 10_000;
    private const int IdBytes = 4;

    private readonly RunStore _runs = new(storage);
    private readonly EpochMetrics _metrics = new(storage);
    private readonly ComparisonStatusReader _status = new(storage, time);

    public async Task<IResult> StartAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var key = IdempotencyKey.Find(context.Request);
        var (configuration, namesDevice) = await ReadConfigurationAsync(context.Request, cancellation);
        var now = time.GetUtcNow();
        var asked = new RunRecord
        {
            Id = key is null ? RunIds.Create(now, RandomNumberGenerator.GetBytes(IdBytes)) : RunIds.FromKey(key),
            Status = RunStatus.Pending,
            CreatedAt = now,
            Configuration = configuration,
        };

        var run = await _runs.CreateAsync(asked, cancellation);
        if (!AreSame(run.Configuration, configuration, namesDevice))
        {
            // The draft has 422 for a key that comes again with another request.
            throw new ProblemException(
                StatusCodes.Status422UnprocessableEntity, $"Idempotency-Key: '{key}' was used before for run {run.Id}, which has another configuration.");
        }

        if (!run.IsFinished)
        {
            // Also when it was stored before: whoever stored it may have died before this line.
            await host.StartAsync(run, cancellation);
        }

        return Accepted(context, run);
    }

    public async Task<IResult> ListAsync(HttpContext context)
    {
        var paging = Paging.Read(context.Request, DefaultTop, MostTop);
        paging.RequireTableContinuation();
        var page = await _runs.ListAsync(paging.Top, paging.Continuation, context.RequestAborted);
        return Answer.Json(Paging.Document(page, ComparisonSummary.Of));
    }

    public async Task<IResult> GetAsync(HttpContext context) =>
        Answer.Json(await _status.ReadAsync(await RunOfPath.GetAsync(_runs, context), context.RequestAborted));

    public async Task<IResult> GetMetricsAsync(HttpContext context)
    {
        var request = context.Request;
        var run = await RunOfPath.GetAsync(_runs, context);
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

    public async Task<IResult> CancelAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var run = await RunOfPath.GetAsync(_runs, context);
        if (run.IsFinished)
        {
            throw new ProblemException(StatusCodes.Status409Conflict, $"run {run.Id} is {JsonNamingPolicy.CamelCase.ConvertName(run.Status.ToString())} already.");
        }

        await _runs.RequestCancelAsync(run.Id, cancellation);
        // Nobody reads the flag of a run that still waits for its turn.
        run = await _runs.UpdateAsync(
            run.Id,
            found => found.Status == RunStatus.Pending ? found with { Status = RunStatus.Cancelled, FinishedAt = time.GetUtcNow() } : found,
            cancellation);
        return Accepted(context, run);
    }

    private async Task<(RunConfiguration Configuration, bool NamesDevice)> ReadConfigurationAsync(HttpRequest request, CancellationToken cancellation)
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
            return (Presets.Configure(options with { Device = device(options.Device) }, threads), options.Device is not null);
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
            var rows = await _metrics.ListAsync(runId, name, seed, epoch, cancellation);
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

    /// <summary>True when both ask for the same numbers. The threads are the machine's, and so is a device that the request does not name.</summary>
    private static bool AreSame(RunConfiguration stored, RunConfiguration asked, bool namesDevice)
    {
        var comparable = EpochFitting.Undo(stored) with
        {
            ThreadsPerTraining = asked.ThreadsPerTraining,
            Device = namesDevice ? stored.Device ?? DeviceChoice.Auto : asked.Device,
        };
        return JsonSerializer.Serialize(comparable, Json.Compact) == JsonSerializer.Serialize(asked, Json.Compact);
    }
}
