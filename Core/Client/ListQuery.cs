using System.Globalization;
using System.Text.Json;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Client;

/// <summary>The query parameters of a list of runs.</summary>
internal static class ListQuery
{
    /// <summary>
    /// The parameters of a filter and an order, each with an ampersand at its end. What the server takes by default is left out.
    /// </summary>
    public static string Of(RunFilter filter, RunOrder order)
    {
        (string Name, string? Value)[] parameters =
        [
            ("status", filter.Status is { } status ? NameOf(status) : null),
            ("tag", filter.Tag),
            ("model", filter.Model),
            ("dataset", filter.Dataset),
            ("since", filter.Since?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)),
            ("search", filter.Search),
            ("sort", order == RunOrder.NewestFirst ? null : NameOf(order.Sort)),
            ("order", order == RunOrder.NewestFirst ? null : NameOf(order.Direction)),
        ];
        return string.Concat(
            from parameter in parameters
            where parameter.Value is not null
            select $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}&");
    }

    private static string NameOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
