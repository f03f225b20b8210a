using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Application;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Api;

/// <summary>Pages through the runs that match a filter, in an order of the caller's choice.</summary>
internal static class ComparisonList
{
    /// <summary>The handler of the endpoint.</summary>
    public static async Task<Ok<ListDocument<ComparisonSummary>>> GetAsync(
        [FromServices] FashionApplication application,
        CancellationToken cancellation,
        [FromQuery, Description("Only runs of this status.")] Choice<RunStatus>? status = null,
        [FromQuery, Description("Only runs with this tag.")] string? tag = null,
        [FromQuery, Description("Only runs that train this model.")] string? model = null,
        [FromQuery, Description("Only runs on this data set.")] string? dataset = null,
        [FromQuery, Description("Only runs created since a date (2026-03-01), a time (2026-03-01T12:00Z) or an age (12h, 7d, 4w) ago.")]
        string? since = null,
        [FromQuery, Description("Only runs with this text in id, name, tags, notes, preset or models, in any case.")]
        string? search = null,
        [FromQuery, Description("The value by which runs are sorted. Runs without a value come last."), DefaultValue("created")]
        Choice<RunSort>? sort = null,
        [FromQuery, Description("Ascending or descending; names ascend and other values descend when left out.")]
        Choice<SortDirection>? order = null,
        [FromQuery, Description(Paging.TopDescription), Range(1, Paging.MaxTop)] int top = Paging.DefaultTop,
        [FromQuery, Description(Paging.ContinuationDescription)] string? continuation = null)
    {
        var filter = new RunFilter
        {
            Status = status?.Value,
            Tag = tag,
            Model = model,
            Dataset = dataset,
            Since = application.Comparisons.ParseSince(since),
            Search = search,
        };
        var page = await application.Comparisons.ListAsync(
            filter, RunOrder.Of(sort?.Value ?? RunSort.Created, order?.Value), top, Paging.Decode(continuation), cancellation);
        return TypedResults.Ok(Paging.Document(page, ComparisonSummary.Of));
    }
}
