using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Checks;

/// <summary>
/// The classes of a set in label order. Without a list of names, the classes of the source are sorted: numbers by value, and other names
/// by their characters. A list of names, one a line, is one of these:
/// pairs of a label and the code of a character, as in the mapping files of EMNIST; the classes of the source in another order; names of
/// the labels 0, 1, 2 and so on; or names of the classes in their sorted order.
/// </summary>
/// <param name="Names">Names of the classes that have images.</param>
/// <param name="LabelOf">The label of each class of the source.</param>
/// <param name="Unused">Names in the list whose classes have no images.</param>
internal sealed record ClassNames(IReadOnlyList<string> Names, IReadOnlyDictionary<string, int> LabelOf, IReadOnlyList<string> Unused)
{
    private const int LongestName = 200;

    /// <param name="classes">The classes of the source.</param>
    /// <param name="lines">The list of names; null for none.</param>
    /// <exception cref="InvalidInputException">The list does not fit, or a name cannot be used.</exception>
    public static ClassNames Of(IReadOnlyCollection<string> classes, IReadOnlyList<string>? lines, ReadContext context)
    {
        var sorted = Sorted(classes);
        var named = lines is null or [] ? [.. sorted.Select(name => (Key: name, Name: name))] : Named(sorted, lines, context);
        var used = named.Where(entry => classes.Contains(entry.Key)).ToList();
        CheckNames(used.Select(entry => entry.Name), context);
        return new ClassNames(
            [.. used.Select(entry => entry.Name)],
            used.Index().ToDictionary(entry => entry.Item.Key, entry => entry.Index),
            [.. named.Except(used).Select(entry => entry.Name)]);
    }

    private static List<(string Key, string Name)> Named(List<string> sorted, IReadOnlyList<string> lines, ReadContext context)
    {
        if (Mapping(lines) is { } mapping && sorted.All(key => mapping.Any(entry => entry.Key == key)))
        {
            return mapping;
        }

        if (sorted.All(lines.Contains))
        {
            return [.. lines.Select(line => (line, line))];
        }

        if (sorted.All(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var label) && label < lines.Count))
        {
            return [.. lines.Index().Select(line => (line.Index.ToString(CultureInfo.InvariantCulture), line.Item))];
        }

        return lines.Count == sorted.Count
            ? [.. sorted.Zip(lines)]
            : throw context.Error(
                $"the list of class names has {lines.Count} lines, but the source has {sorted.Count} classes "
                + $"({ReadContext.Shown(string.Join(", ", sorted))})");
    }

    /// <summary>The pairs of an EMNIST mapping; null if the lines are no such pairs.</summary>
    private static List<(string Key, string Name)>? Mapping(IReadOnlyList<string> lines)
    {
        var mapping = new List<(string, string)>();
        foreach (var line in lines)
        {
            // Some files give a second code, of the small letter.
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length is not (2 or 3) || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var label)
                || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 33 or > 126)
            {
                return null;
            }

            mapping.Add((label.ToString(CultureInfo.InvariantCulture), ((char)code).ToString()));
        }

        return mapping;
    }

    private static List<string> Sorted(IReadOnlyCollection<string> classes) => classes.All(IsNumber)
        ? [.. classes.OrderBy(name => decimal.Parse(name, NumberStyles.Integer, CultureInfo.InvariantCulture))
            .ThenBy(name => name, StringComparer.Ordinal)]
        : [.. classes.Order(StringComparer.Ordinal)];

    private static bool IsNumber(string name) =>
        name.Length <= 20 && decimal.TryParse(name, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);

    private static void CheckNames(IEnumerable<string> names, ReadContext context)
    {
        var seen = new HashSet<string>();
        foreach (var name in names)
        {
            if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            {
                throw context.Error(
                    $"the name of a class should have 1 to {LongestName} characters without line ends, found {ReadContext.Shown(name)}");
            }

            if (!seen.Add(name))
            {
                throw context.Error($"two classes have the name {ReadContext.Shown(name)}");
            }
        }
    }
}
