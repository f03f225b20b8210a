using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ServerlessFashion.Api;

/// <summary>Query parameters.</summary>
internal static class QueryText
{
    /// <summary>The parameter's value; null where it is absent.</summary>
    /// <exception cref="InvalidInputException">It is given twice.</exception>
    public static string? Find(HttpRequest request, string name) => request.Query[name] switch
    {
        { Count: 0 } => null,
        [var value] => value,
        var several => throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture, $"{name}: expected one value, found {several.Count}.")),
    };

    /// <exception cref="InvalidInputException">It is not a whole number in that range.</exception>
    public static int? WholeNumber(HttpRequest request, string name, int least, int most)
    {
        if (Find(request, name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture, $"{name}: expected a whole number from {least} to {most}, found '{text}'."));
    }
}
