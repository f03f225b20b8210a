using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Application;
using ServerlessFashion.Models;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Api;

/// <summary>Endpoints for the models that a run can train: the built-in ones, and those that users add.</summary>
internal static class SpecEndpoints
{
    private const string Name = "Name of a model.";

    private static readonly byte[] Schema = Encoding.UTF8.GetBytes(ModelSpecSchema.Text);

    public static void Map(RouteGroupBuilder specs)
    {
        specs.MapGet("", ListAsync).Named("ListSpecs", "Lists the models that a run can train")
            .WithDescription("The built-in models come first, then those of users by name.")
            .Responds(StatusCodes.Status200OK, "A page of models.")
            .Fails(StatusCodes.Status400BadRequest);
        specs.MapPost("", AddAsync).Named("AddSpec", "Adds a model")
            .WithDescription("The body is a model as JSON; GET /specs/schema describes it. The same model again changes nothing.")
            .Responds(StatusCodes.Status201Created, "The model can be named in comparisons.", ("Location", "Path of the model."))
            .Fails(
                StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType);
        specs.MapGet("/schema", GetSchema).Named("GetSpecSchema", "Gives the JSON schema of a model")
            .WithDescription("Editors complete and check a file with it.")
            .Produces<JsonObject>(StatusCodes.Status200OK, RequestBody.JsonType)
            .Responds(StatusCodes.Status200OK, "A JSON schema.");
        specs.MapGet("/{name}", GetAsync).Named("GetSpec", "Shows a model as JSON")
            .WithDescription("The JSON of any model, with another name, can be added as a new one.")
            .Responds(StatusCodes.Status200OK, "The model.")
            .Fails(StatusCodes.Status404NotFound);
        specs.MapDelete("/{name}", RemoveAsync).Named("RemoveSpec", "Removes a model that was added")
            .WithDescription("Runs that trained the model keep it.")
            .Responds(StatusCodes.Status204NoContent, "The model is removed.")
            .Fails(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<ListDocument<SpecSummary>>> ListAsync(
        [FromServices] FashionApplication application,
        CancellationToken cancellation,
        [FromQuery, Description(Paging.TopDescription), Range(1, Paging.MaxTop)] int top = Paging.DefaultTop,
        [FromQuery, Description(Paging.ContinuationDescription)] string? continuation = null)
    {
        var all = await application.Specs.ListAsync(cancellation);
        // Names and not numbers: a page continues also after a model before it was removed.
        var last = Paging.Decode(continuation);
        var rest = last is null ? all : [.. all.Where(spec => !spec.IsBuiltIn && string.CompareOrdinal(spec.Name, last) > 0)];
        if (last is not null && ModelCatalogue.Find(last) is not null)
        {
            rest = [.. all.SkipWhile(spec => spec.Name != last).Skip(1)];
        }

        SpecSummary[] page = [.. rest.Take(top)];
        return TypedResults.Ok(Paging.Document(
            new Page<SpecSummary>(page, rest.Count > top ? page[^1].Name : null), summary => summary));
    }

    private static async Task<Created<ModelSpec>> AddAsync(
        SpecBody body, [FromServices] FashionApplication application, CancellationToken cancellation)
    {
        await application.Specs.AddAsync(body.Spec, cancellation);
        return TypedResults.Created(ApiPaths.Spec(body.Spec.Name), body.Spec);
    }

    private static FileContentHttpResult GetSchema() => TypedResults.Bytes(Schema, RequestBody.JsonType);

    private static async Task<Ok<ModelSpec>> GetAsync(
        [Description(Name)] string name, [FromServices] FashionApplication application, CancellationToken cancellation) =>
        TypedResults.Ok(await application.Specs.GetAsync(name, cancellation));

    private static async Task<NoContent> RemoveAsync(
        [Description(Name)] string name, [FromServices] FashionApplication application, CancellationToken cancellation)
    {
        await application.Specs.RemoveAsync(name, cancellation);
        return TypedResults.NoContent();
    }
}
