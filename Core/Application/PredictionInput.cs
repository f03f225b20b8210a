using ServerlessFashion.Prediction.Files;

namespace ServerlessFashion.Application;

/// <summary>An input of images: the content of a file, or the pictures of a folder.</summary>
public sealed class PredictionInput
{
    private PredictionInput(ImageSource source) => Source = source;

    /// <summary>Names the input in messages.</summary>
    public string Name => Source.Name;

    internal ImageSource Source { get; }

    /// <summary>A file whose content determines its format, read from the current position. The stream stays open.</summary>
    public static PredictionInput OfFile(Stream content, string name) => new(ImageSource.OfFile(content, name));

    /// <summary>The pictures in a folder and the folders in it, in the order of their paths.</summary>
    public static PredictionInput OfFolder(string folder) => new(ImageSource.OfFolder(folder));
}
