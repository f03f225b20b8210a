using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Api.Requests;

/// <summary>
/// A query parameter or header of an endpoint. It is checked before the framework binds it, since the framework names neither the values
/// that are allowed nor the one that was found.
/// </summary>
/// <param name="Expected">What the value must be, for people.</param>
internal sealed record RequestParameter(string Name, bool IsHeader, string Expected, Func<string, bool> Accepts)
{
    private const int LongestShown = 40;

    /// <summary>The function key and its name, which the Functions host reads (<c>code</c> and <c>clientId</c>).</summary>
    private static readonly string[] OfHost = ["code", "clientId"];

    /// <summary>The parameters that the handler marks with FromQuery or FromHeader.</summary>
    public static IReadOnlyList<RequestParameter> Of(EndpointBuilder endpoint) =>
    [
        .. from parameter in endpoint.Metadata.OfType<IParameterBindingMetadata>()
           let attributes = parameter.ParameterInfo.GetCustomAttributes().ToList()
           let header = attributes.OfType<IFromHeaderMetadata>().FirstOrDefault()
           where header is not null || attributes.OfType<IFromQueryMetadata>().Any()
           select Create(header?.Name ?? parameter.Name, header is not null, parameter.ParameterInfo),
    ];

    /// <param name="takesAnyQuery">Whether query parameters that are not among <paramref name="parameters"/> are ignored.</param>
    /// <exception cref="InvalidInputException">A parameter cannot be used; the message names each of them.</exception>
    public static void Check(IReadOnlyList<RequestParameter> parameters, bool takesAnyQuery, HttpRequest request)
    {
        var errors = parameters.Select(parameter => parameter.FindError(request)).OfType<string>()
            .Concat(takesAnyQuery ? [] : FindUnknown(parameters, request)).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidInputException(string.Join(' ', errors));
        }
    }

    /// <summary>
    /// If a parameter with a typing error were ignored, the response would look like one to the request that was meant.
    /// </summary>
    private static IEnumerable<string> FindUnknown(IReadOnlyList<RequestParameter> parameters, HttpRequest request)
    {
        List<string> known = [.. parameters.Where(parameter => !parameter.IsHeader).Select(parameter => parameter.Name)];
        return
            from name in request.Query.Keys.Except(known.Concat(OfHost), StringComparer.OrdinalIgnoreCase)
            let refusal = $"{Shown(name)}: not a query parameter of this request"
            select known is [] ? $"{refusal}, which has none."
                : $"{refusal}; {NearestName.Ask(name, known) ?? $"it has {string.Join(", ", known)}."}";
    }

    private static string Shown(string name) => name.Length <= LongestShown ? name : name[..LongestShown] + "...";

    private string? FindError(HttpRequest request)
    {
        StringValues values = IsHeader ? request.Headers[Name] : request.Query[Name];
        return values switch
        {
            [] => null,
            [var value] => Accepts(value ?? "") ? null : $"{Name}: expected {Expected}, found '{value}'.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{Name}: expected one value, found {values.Count}."),
        };
    }

    private static RequestParameter Create(string name, bool isHeader, ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(string))
        {
            return new RequestParameter(name, isHeader, "a string", _ => true);
        }

        if (type == typeof(bool))
        {
            return new RequestParameter(name, isHeader, "true or false", text => text is "true" or "false");
        }

        if (Choice.EnumerationOf(type) is { } enumeration)
        {
            var choices = Choice.Names(enumeration);
            return new RequestParameter(name, isHeader, $"{string.Join(", ", choices.SkipLast(1))} or {choices[^1]}", choices.Contains);
        }

        if (type == typeof(int) && parameter.GetCustomAttribute<RangeAttribute>() is { Minimum: int least, Maximum: int most })
        {
            return new RequestParameter(
                name, isHeader, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
                text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number >= least && number <= most);
        }

        throw new InvalidOperationException($"Parameter {name} has type {type}; expected a string, a truth value, a choice or an integer with a range.");
    }
}
