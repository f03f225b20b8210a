using ServerlessFashion.Data;

namespace ServerlessFashion.Import.Sources;

/// <summary>A source of labelled images. It can be read several times and gives the same images in the same order.</summary>
internal abstract class LabelledSource
{
    /// <summary>Names of the classes that the source itself gives to label values, from value 0; null if it gives none.</summary>
    public virtual IReadOnlyList<string>? ClassNames => null;

    /// <summary>Classes that the source names and that have no images.</summary>
    public virtual IReadOnlyList<string> EmptyClasses => [];

    /// <summary>Files that are no images of a class. They are known after a reading.</summary>
    public virtual IReadOnlyCollection<string> OtherFiles => [];

    /// <exception cref="InvalidInputException">The source as a whole cannot be read.</exception>
    public abstract IAsyncEnumerable<SourceImage> ReadAsync(CancellationToken cancellation);

    /// <summary>The part that the name of a file or folder tells.</summary>
    /// <param name="isValidation">Whether it is a validation part, whose images join the train part.</param>
    public static DatasetPart? PartOf(string name, out bool isValidation)
    {
        isValidation = Contains("val");
        return Contains("t10k") || Contains("test") ? DatasetPart.Test
            : Contains("train") || isValidation ? DatasetPart.Train
            : null;

        bool Contains(string text) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
