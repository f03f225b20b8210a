using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Phrases;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Cli.Options;

/// <summary>Reads option values, with one clear error sentence for invalid ones.</summary>
internal static class OptionText
{
    public static T? Choice<T>(string option, string? text) where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        // A number would be a valid enum too.
        return Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? value
            : throw Refuse(option, text, [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())]);
    }

    private static InvalidInputException Refuse(string option, string text, string[] names)
    {
        var refusal = $"{option}: '{text}' is not one of {string.Join(", ", names)}";
        return new InvalidInputException(NearestName.Ask(text, names) is { } question ? $"{refusal}; {question}" : $"{refusal}.");
    }

    /// <summary>Returns the path of a file or folder. Refuses an empty path, which an unset variable would cause.</summary>
    public static string? NamedPath(string option, string? path) => Given(option, "a path", path);

    /// <summary>The value of an option as it is; an empty one, which an unset variable leaves, is refused.</summary>
    public static string? Given(string option, string expected, string? text) =>
        text is not null && string.IsNullOrWhiteSpace(text)
            ? throw new InvalidInputException($"{option}: expected {expected}, found nothing.")
            : text;

    /// <summary>The name of a data set, which may or may not be registered.</summary>
    public static string? DatasetName(string? text) =>
        text is null || DatasetDescription.IsName(text)
            ? text
            : throw new InvalidInputException($"dataset: expected {DatasetDescription.ExpectedName}, found '{text}'.");

    /// <summary>Returns the path of the folder with the data set. Refuses a folder that does not exist, before any work.</summary>
    public static string? DataFolder(string option, string? path) =>
        Given(option, "a folder", path) is { } folder && !Directory.Exists(folder)
            ? throw new InvalidInputException(
                $"{option}: expected a folder with the four files of Fashion-MNIST, found no such folder '{folder}'.")
            : path;

    /// <summary>
    /// Creates a folder if it is missing, and checks that it is writable, so an error appears before the work and not after it.
    /// </summary>
    public static void MakeFolder(string option, string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            using var probe = new FileStream(
                Path.Combine(path, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1,
                FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"{option}: cannot write to the folder '{path}' ({FileFailure.Reason(e)}).", e);
        }
    }

    /// <summary>Reads pairs such as <c>model4.batchSize=128</c>, one a text. A name that comes twice is refused.</summary>
    public static Dictionary<string, OptionValue>? Values(string option, string[]? pairs)
    {
        if (pairs is null or [])
        {
            return null;
        }

        var values = new Dictionary<string, OptionValue>();
        foreach (var pair in pairs)
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } value])
            {
                throw new InvalidInputException(
                    $"{option}: '{pair}' does not have the form model.option=value, such as model4.batchSize=128.");
            }

            if (!values.TryAdd(name, OptionValue.Of(value)))
            {
                throw new InvalidInputException($"{option}: '{name}' is set twice.");
            }
        }

        return values;
    }

    /// <summary>Reads pairs such as <c>model4=3</c>; commas may separate several pairs.</summary>
    public static Dictionary<string, int>? Counts(string option, string[]? pairs)
    {
        if (pairs is null or [])
        {
            return null;
        }

        var counts = new Dictionary<string, int>();
        foreach (var pair in pairs.SelectMany(text => text.Split(',')))
        {
            var parts = pair.Split('=', 2);
            if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                throw new InvalidInputException($"{option}: '{pair}' does not have the form model=n.");
            }

            counts[parts[0]] = count;
        }

        return counts;
    }
}
