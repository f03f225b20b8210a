using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using ServerlessFashion.Api.OpenApi;
using ServerlessFashion.Models;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Api.Requests;

/// <summary>A JSON body that is a model, as a parameter of a handler.</summary>
internal sealed record SpecBody(ModelSpec Spec) : IEndpointParameterMetadataProvider
{
    /// <exception cref="ProblemException">413, 415 or 400: the body cannot be used.</exception>
    /// <exception cref="InvalidInputException">The body is no model that can be trained.</exception>
    public static async ValueTask<SpecBody?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var body = await RequestBody.ReadAsync(context.Request, ModelSpecFile.LargestBytes, context.RequestAborted);
        RequestBody.RequireType(context.Request, RequestBody.JsonType);
        return new SpecBody(ModelSpecFile.Read("body", body));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new RequestBodyDescription(typeof(ModelSpec), IsOptional: false));
}
