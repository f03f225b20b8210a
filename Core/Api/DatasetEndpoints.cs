using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.OpenApi;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Application;
using ServerlessFashion.Data;

namespace ServerlessFashion.Api;

/// <summary>Endpoints that register, list and remove data sets.</summary>
internal static class DatasetEndpoints
{
    private const string Body = "body";
    private const string Name = "Name of the data set.";

    private static readonly (string, string) Location = ("Location", "Path of the data set.");

    public static void Map(RouteGroupBuilder datasets)
    {
        datasets.MapPost("", AddAsync).Named("AddDataset", "Registers a labelled set of images")
            .WithDescription(
                "The body is a ZIP with a folder of pictures for each class, a ZIP of IDX, CSV or Parquet files, one CSV with a column of "
                + "labels, an NPZ or a Parquet file. The content determines the format. The response comes when the set is stored.")
            .WithMetadata(new RequestBodyDescription(null, IsOptional: false)
            {
                OtherMediaTypes = [("application/octet-stream", IsBinary: true)],
            })
            .Responds(StatusCodes.Status201Created, "The data set, with what was found about its images.", Location)
            .Fails(
                StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType);
        datasets.MapGet("", ListAsync).Named("ListDatasets", "Lists all data sets by name")
            .WithDescription("The built-in set fashion-mnist is the first item.")
            .Responds(StatusCodes.Status200OK, "A page of data sets.")
            .Fails(StatusCodes.Status400BadRequest);
        datasets.MapGet("/{name}", GetAsync).Named("GetDataset", "Shows a data set")
            .WithDescription("Holds the classes, the numbers of images, the hash of the content, and what was found about the images.")
            .Responds(StatusCodes.Status200OK, "The data set.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        datasets.MapGet("/{name}/images", ListImagesAsync).Named("ListDatasetImages", "Shows some images of a data set")
            .WithDescription("Each image is a PNG file in Base64, with its row and its class. Empty for fashion-mnist.")
            .Responds(StatusCodes.Status200OK, "The images in the order of the rows, or class by class.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        datasets.MapDelete("/{name}", DeleteAsync).Named("RemoveDataset", "Deletes a registered data set")
            .WithDescription(
                "A data set that a run uses is refused until the run has ended, unless it is forced; that run then fails. Reports of "
                + "finished runs stay, and the list of runs has the filter `dataset` to find them. The built-in set cannot be deleted.")
            .Responds(StatusCodes.Status204NoContent, "The data set is deleted.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static async Task<Created<DatasetDescription>> AddAsync(
        HttpRequest request,
        [FromServices] FashionApplication application,
        CancellationToken cancellation,
        [FromQuery, Required, Description("A new name: " + DatasetDescription.ExpectedName + ".")] string? name = null,
        [FromQuery, Range(ImportRequest.SmallestSize, ImportRequest.LargestSize)]
        [Description("Width and height of the images; the one of 28, 32, 64 and 96 nearest to the median of the source when left out.")]
        int? size = null,
        [FromQuery, Description("Whether the images are grey or have colours; as the source has them when left out.")]
        Choice<ImageColours>? colours = null,
        [FromQuery, Description("Names of the classes, separated by commas, or by line feeds where a name has a comma.")]
        string? labels = null,
        [FromQuery, Description("Whether a source with a finding is refused.")] bool strict = false,
        [FromQuery, Description("Whether a registered set of this name is replaced.")] bool replace = false)
    {
        var import = new ImportRequest(name ?? "")
        {
            Size = size,
            IsColour = colours is null ? null : colours.Value.Value == ImageColours.Colour,
            Labels = labels is null ? null : SplitNames(labels),
            IsStrict = strict,
            Replaces = replace,
        };
        var content = StreamedBody.Open(request);
        var set = await application.Datasets.AddAsync(import, content, Body, cancellation);
        return TypedResults.Created($"{ApiPaths.Prefix}/datasets/{set.Name}", set);
    }

    private static async Task<Ok<ListDocument<DatasetDescription>>> ListAsync(
        [FromServices] FashionApplication application,
        CancellationToken cancellation,
        [FromQuery, Description(Paging.TopDescription), Range(1, Paging.MaxTop)] int top = Paging.DefaultTop,
        [FromQuery, Description(Paging.ContinuationDescription)] string? continuation = null)
    {
        var sets = await application.Datasets.ListAsync(cancellation);
        var first = Paging.Decode(continuation) is { } last ? FindAfter(sets, last) : 0;
        var items = sets.Skip(first).Take(top).ToList();
        var next = first + items.Count < sets.Count ? items[^1].Name : null;
        return TypedResults.Ok(Paging.Document(new Page<DatasetDescription>(items, next), set => set));
    }

    private static async Task<Ok<DatasetDescription>> GetAsync(
        [Description(Name)] string name, [FromServices] FashionApplication application, CancellationToken cancellation) =>
        TypedResults.Ok(await application.Datasets.GetAsync(name, cancellation));

    private static async Task<Ok<DatasetImageList>> ListImagesAsync(
        [Description(Name)] string name, [FromServices] FashionApplication application, CancellationToken cancellation,
        [FromQuery, Description("The part of the set."), DefaultValue("train")] Choice<DatasetPart>? part = null,
        [FromQuery, Description("Rows of the part from 0, separated by commas; the first images of each class when left out.")]
        string? rows = null) =>
        TypedResults.Ok(new DatasetImageList(await application.DatasetImages.ListAsync(
            name, part?.Value ?? DatasetPart.Train, rows is null ? null : [.. rows.Split(',').Select(ReadRow)], cancellation)));

    private static int ReadRow(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
        ? row
        : throw new InvalidInputException($"rows: expected whole numbers from 0, separated by commas, found '{text}'.");

    private static async Task<NoContent> DeleteAsync(
        [Description(Name)] string name, [FromServices] FashionApplication application, CancellationToken cancellation,
        [FromQuery, Description("Whether it is deleted although a run that has not ended uses it.")] bool force = false)
    {
        await application.Datasets.RemoveAsync(name, force, cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>The position after a set. The set may have been deleted since its page was given.</summary>
    private static int FindAfter(IReadOnlyList<DatasetDescription> sets, string last)
    {
        if (!DatasetDescription.IsName(last))
        {
            throw Paging.UnknownContinuation();
        }

        // The built-in set stands before the others.
        return last == DatasetDescription.FashionMnistName
            ? 1
            : 1 + sets.Skip(1).Count(set => string.CompareOrdinal(set.Name, last) <= 0);
    }

    private static string[] SplitNames(string labels) => labels.Split(
        labels.Contains('\n') ? '\n' : ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Whether images have colours.</summary>
internal enum ImageColours
{
    Grey,
    Colour,
}
