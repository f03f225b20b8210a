using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using ServerlessFashion.Api.OpenApi;

namespace ServerlessFashion.Api.Requests;

/// <summary>Limits a parameter of type <see cref="JsonBody{T}"/>.</summary>
/// <param name="largest">Most bytes of the body.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class JsonBodyAttribute(int largest) : Attribute
{
    public int Largest => largest;

    /// <summary>True when the request may come without a body; the parameter is null then.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>A JSON body that <see cref="JsonFields"/> reads, as a parameter of a handler with a <see cref="JsonBodyAttribute"/>.</summary>
internal sealed record JsonBody<T>(T Value) : IEndpointParameterMetadataProvider where T : class
{
    /// <exception cref="ProblemException">413, 415 or 400: the body cannot be used.</exception>
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var attribute = AttributeOf(parameter);
        var body = await RequestBody.ReadAsync(context.Request, attribute.Largest, context.RequestAborted);
        if (body.IsEmpty && attribute.IsOptional)
        {
            return null;
        }

        RequestBody.RequireType(context.Request, RequestBody.JsonType);
        return new JsonBody<T>(JsonFields.Read<T>(JsonText.Parse(body)));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new RequestBodyDescription(typeof(T), AttributeOf(parameter).IsOptional));

    private static JsonBodyAttribute AttributeOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<JsonBodyAttribute>()
        ?? throw new InvalidOperationException($"Parameter {parameter.Name} lacks {nameof(JsonBodyAttribute)}.");
}
