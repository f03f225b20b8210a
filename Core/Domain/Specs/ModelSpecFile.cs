using System.Globalization;
using System.Text;
using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Specs;

/// <summary>Reads a model of a user from JSON, and checks that it can be trained.</summary>
public static class ModelSpecFile
{
    /// <summary>Ending of the names of such files.</summary>
    public const string Ending = ".json";

    /// <summary>Most bytes of a file.</summary>
    public const int LargestBytes = 256 << 10;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    /// <summary>The spec in <paramref name="json"/>, which is UTF-8 with or without a byte order mark.</summary>
    /// <param name="source">Names the file in errors.</param>
    /// <exception cref="InvalidInputException">
    /// The file is too large, is not JSON or is not a spec that can be trained; the message names the file and the line, or the model and
    /// the layer, phase or field.
    /// </exception>
    public static ModelSpec Read(string source, ReadOnlyMemory<byte> json)
    {
        if (json.Length > LargestBytes)
        {
            throw new InvalidInputException($"{source}: expected a model of at most {LargestBytes >> 10} KiB, found more.");
        }

        if (json.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var spec = document.RootElement.Deserialize<ModelSpec>(Json.Compact)!;
            Require(spec);
            return spec;
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                $"{source}: not usable as JSON at line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}: "
                + $"{e.Message.Split(" LineNumber:")[0].TrimEnd('.')}."), e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidInputException($"{source}: a text in it is not Unicode.", e);
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException($"{source}: {e.Message}", e);
        }
    }

    /// <summary>Checks the name of a spec of a user, and that it can be trained with some labels.</summary>
    /// <exception cref="InvalidInputException">The message names the model and the layer, phase or field.</exception>
    public static void Require(ModelSpec spec)
    {
        SpecNames.Require(spec.Name);
        // The labels of a run may allow less; the run is checked again.
        SpecRules.Require(spec, ClassLabels.Garments);
    }
}
