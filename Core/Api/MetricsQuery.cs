using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Application;

namespace ServerlessFashion.Api;

/// <summary>Pages through the epochs of a run, training by training.</summary>
internal static class MetricsQuery
{
    private const int MaxItems = 1000;
    private const int LastEpoch = 10_000;

    /// <summary>The handler of the endpoint.</summary>
    public static async Task<Ok<ListDocument<MetricsDocument>>> GetAsync(
        [Description(RunParameter.Description)] string id,
        [FromServices] FashionApplication application,
        CancellationToken cancellation,
        [FromQuery, Description("Only this model.")] string? model = null,
        [FromQuery, Description("Only this seed."), Range(1, int.MaxValue)] int? seed = null,
        [FromQuery, Description("Only epochs after this one."), Range(0, LastEpoch)] int after = 0,
        [FromQuery, Description(Paging.TopDescription), Range(1, MaxItems)] int top = MaxItems,
        [FromQuery, Description(Paging.ContinuationDescription)] string? continuation = null)
    {
        var run = await application.Comparisons.GetAsync(id, cancellation);
        // A search adds models to its run.
        var definition = await application.Comparisons.GetDefinitionAsync(run.Id, cancellation);
        if (model is not null && definition.Configuration.Models.All(known => known.Name != model))
        {
            var models = string.Join(", ", definition.Configuration.Models.Select(known => known.Name));
            throw new InvalidInputException($"model: run {run.Id} has no model '{model}'; its models are {models}.");
        }

        var trainings = (
            from training in definition.Configuration.Trainings()
            where (model is null || training.Model.Name == model) && (seed is null || training.Seed == seed)
            select (training.Model.Name, training.Seed)).ToList();
        var start = Paging.Decode(continuation) is { } text ? ParsePosition(text, trainings.Count) : (Training: 0, Epoch: after);
        return TypedResults.Ok(await ReadAsync(application.Comparisons, run.Id, trainings, after, top, start, cancellation));
    }

    private static async Task<ListDocument<MetricsDocument>> ReadAsync(
        ComparisonQueries comparisons, string runId, List<(string Name, int Seed)> trainings, int after, int top,
        (int Training, int Epoch) start, CancellationToken cancellation)
    {
        var (training, epoch) = start;
        var items = new List<MetricsDocument>();
        for (; training < trainings.Count; training++, epoch = after)
        {
            var (name, seed) = trainings[training];
            var rows = await comparisons.ListEpochsAsync(runId, name, seed, epoch, cancellation);
            items.AddRange(rows.Take(top - items.Count).Select(row => MetricsDocument.Of(name, seed, row)));
            if (items.Count == top)
            {
                var next = string.Create(CultureInfo.InvariantCulture, $"{training} {items[^1].Epoch}");
                return new ListDocument<MetricsDocument>(items, Paging.Encode(next));
            }
        }

        return new ListDocument<MetricsDocument>(items, null);
    }

    /// <summary>The start of a page: an index into the trainings, and the last epoch of that training on the page before.</summary>
    private static (int Training, int Epoch) ParsePosition(string continuation, int trainings) =>
        continuation.Split(' ') is [var index, var last]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var training) && training < trainings
        && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? (training, epoch)
            : throw Paging.UnknownContinuation();
}
