namespace ServerlessFashion.Data;

/// <summary>How a source becomes a registered data set.</summary>
/// <param name="Name">See <see cref="DatasetDescription.ExpectedName"/>.</param>
public sealed record ImportRequest(string Name)
{
    public const int SmallestSize = 8;
    public const int LargestSize = 512;

    /// <summary>
    /// Width and height of the images; null for the one of 28, 32, 64 and 96 that is nearest to the median of the source.
    /// </summary>
    public int? Size { get; init; }

    /// <summary>Whether the images have colours; null if they have where a picture of the source has.</summary>
    public bool? IsColour { get; init; }

    /// <summary>
    /// Lines with the names of the classes; null for the names in the source. The classes of the source decide what the lines mean.
    /// </summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Refuses a source with a finding. The default value is false.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Replaces a registered set of the same name. The default value is false.</summary>
    public bool Replaces { get; init; }

    /// <exception cref="InvalidInputException">The name or the size cannot be used.</exception>
    public void Check()
    {
        DatasetDescription.RequireName(Name);
        if (Name == DatasetDescription.FashionMnistName)
        {
            throw new InvalidInputException($"name: '{Name}' is the built-in data set; choose another name.");
        }

        if (Size is < SmallestSize or > LargestSize)
        {
            throw new InvalidInputException($"size: expected {SmallestSize} to {LargestSize} pixels, found {Size}.");
        }
    }
}
