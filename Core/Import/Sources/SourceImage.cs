using ServerlessFashion.Data;

namespace ServerlessFashion.Import.Sources;

/// <summary>One image of a source with its class.</summary>
/// <param name="Name">Where the image comes from, such as a path or a row.</param>
/// <param name="Class">The class as the source calls it: a folder, a number or a text.</param>
internal sealed record SourceImage(string Name, DatasetPart Part, string Class)
{
    /// <summary>The file of a picture; empty where <see cref="Pixels"/> are given.</summary>
    public ReadOnlyMemory<byte> Picture { get; init; }

    /// <summary>Decoded values 0..255, Height x Width x Channels; empty where <see cref="Picture"/> is given.</summary>
    public ReadOnlyMemory<byte> Pixels { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>1 or 3.</summary>
    public int Channels { get; init; }

    /// <summary>Whether it comes from a validation part.</summary>
    public bool IsValidation { get; init; }

    /// <summary>Why the image cannot be read; null if it can.</summary>
    public string? Failure { get; init; }
}
