using ServerlessFashion.Models;
using ServerlessFashion.Phrases;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Cli.Input;

/// <summary>Reads a model from a JSON file that a user named.</summary>
internal static class SpecFile
{
    /// <exception cref="InvalidInputException">The file cannot be read, or it is no model that can be trained.</exception>
    public static ModelSpec Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidInputException($"{path}: expected a file with a model, found a folder.");
        }

        try
        {
            using var file = File.OpenRead(path);
            var content = new byte[ModelSpecFile.LargestBytes + 1];
            // One byte more than allowed is enough to refuse a file that is too large.
            var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return ModelSpecFile.Read(path, content.AsMemory(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidInputException($"{path}: cannot be read ({FileFailure.Reason(e)}).", e);
        }
    }
}
