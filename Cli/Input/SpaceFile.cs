using System.Text.Json;
using ServerlessFashion.Phrases;
using ServerlessFashion.Search;

namespace ServerlessFashion.Cli.Input;

/// <summary>The file with the parameters of a search.</summary>
internal static class SpaceFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="InvalidInputException">
    /// The file cannot be read, or it is not a space; the message names the file and the field.
    /// </exception>
    public static IReadOnlyDictionary<string, ParameterRange> Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidInputException($"space: {path} is a folder; name a JSON file with the values of each parameter.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            return SearchOptionsJson.ParseSpace(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"space: {path}: line {e.LineNumber + 1} is not JSON.", e);
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"space: {path} cannot be read ({FileFailure.Reason(e)}).", e);
        }
    }
}
