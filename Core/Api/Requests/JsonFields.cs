using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServerlessFashion.Models;
using ServerlessFashion.Search;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Api.Requests;

/// <summary>
/// Reads a JSON object into a type. A serializer stops at the first field that it cannot read; this names every bad field at once. A field
/// that is null counts as left out.
/// </summary>
internal static class JsonFields
{
    private const int ShownCharacters = 40;
    private const string Search = "search";
    private const string Models = "models";

    /// <summary>The object in <paramref name="body"/>. Properties with the modifier <c>required</c> must be given.</summary>
    /// <exception cref="ProblemException">400: the body is not an object, or fields are unknown, missing or of the wrong type.</exception>
    public static T Read<T>(JsonElement body) where T : class
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"body: expected a JSON object, found {Shown(body)}.");
        }

        var fields = Json.Compact.GetTypeInfo(typeof(T)).Properties;
        var errors = new List<FieldError>();
        foreach (var field in fields)
        {
            var type = JsonFieldType.Of(field.PropertyType);
            var isPresent = body.TryGetProperty(field.Name, out var value) && value.ValueKind != JsonValueKind.Null;
            if (isPresent && !type.Accepts(value))
            {
                errors.Add(Error(field.Name, $"expected {type.Expected}, found {Shown(value)}"));
            }
            else if (isPresent && type.Problem(value) is { } problem)
            {
                errors.Add(new FieldError(PlaceOf(problem), problem));
            }
            else if (field.IsRequired && (!isPresent || value is { ValueKind: JsonValueKind.String } && value.GetString() is ""))
            {
                errors.Add(Error(field.Name, $"expected {type.Expected}, found nothing"));
            }
        }

        var known = fields.Select(field => field.Name).ToList();
        errors.AddRange(
            from name in body.EnumerateObject().Select(field => field.Name).Except(known)
            select Error(name, $"not a field of this request; its fields are {string.Join(", ", known)}"));
        if (errors.Count > 0)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, string.Join(" ", errors.Select(error => error.Detail)))
            {
                Errors = errors,
            };
        }

        try
        {
            return body.Deserialize<T>(Json.Compact)!;
        }
        catch (InvalidInputException e)
        {
            // Only models refuse what the types above accept.
            var field = fields.First(field => field.PropertyType == typeof(IReadOnlyList<ModelSpec>)).Name;
            throw Problem(new InvalidInputException($"{field}: {e.Message}", e));
        }
    }

    /// <summary>A problem that names the field that <paramref name="failure"/> begins with.</summary>
    public static ProblemException Problem(InvalidInputException failure)
    {
        return new ProblemException(StatusCodes.Status400BadRequest, failure.Message, failure)
        {
            Errors = [new FieldError(PlaceOf(failure.Message), failure.Message)],
        };
    }

    /// <summary>The pointer to the field that a message begins with. The fields of a search are a level deeper than the others.</summary>
    private static string PlaceOf(string message)
    {
        var field = message.Split(':')[0];
        if (field.StartsWith("model ", StringComparison.Ordinal))
        {
            return Pointer(Models);
        }

        return SearchOptionsJson.Fields.Contains(field) ? $"{Pointer(Search)}/{field}" : Pointer(field);
    }

    private static FieldError Error(string name, string detail) => new(Pointer(name), $"{Short(name)}: {detail}.");

    private static string Pointer(string name) =>
        "#/" + Uri.EscapeDataString(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    private static string Shown(JsonElement value) => Short(value.GetRawText());

    private static string Short(string text) => text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "...";
}
