using ServerlessFashion.Prediction.Files;

namespace ServerlessFashion.Application;

/// <summary>An input of images with its name: the content of a file, or the pictures of a folder.</summary>
public sealed class PredictionInput
{
    private PredictionInput(ImageSource source) => Source = source;

    /// <summary>Names the input in messages.</summary>
    public string Name => Source.Name;

    internal ImageSource Source { get; }

    /// <inheritdoc cref="ImageSource.OfFile"/>
    public static PredictionInput OfFile(Stream content, string name) => new(ImageSource.OfFile(content, name));

    /// <inheritdoc cref="ImageSource.OfFolder"/>
    public static PredictionInput OfFolder(string folder) => new(ImageSource.OfFolder(folder));
}
