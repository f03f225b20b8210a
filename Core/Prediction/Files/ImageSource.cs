using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Files;

/// <summary>An input of images with its name: the content of a file, or the pictures of a folder.</summary>
public sealed class ImageSource
{
    private readonly Func<ReadOptions?, Action<string>, CancellationToken, IAsyncEnumerable<ImageBatch>> _read;

    private ImageSource(string name, Func<ReadOptions?, Action<string>, CancellationToken, IAsyncEnumerable<ImageBatch>> read)
    {
        Name = name;
        _read = read;
    }

    /// <summary>Names the input in messages.</summary>
    public string Name { get; }

    /// <summary>A file in any format of <see cref="ImageFile"/>, read from the current position. The stream stays open.</summary>
    public static ImageSource OfFile(Stream content, string name) => new(
        name, (options, warn, cancellation) => ImageFile.ReadAsync(content, name, options, warn, cancellation));

    /// <summary>
    /// The pictures in a folder and the folders in it, in the order of their paths. Ids are paths relative to the folder, with slashes.
    /// Other files are skipped with a warning, unless their names say that they are pictures.
    /// </summary>
    public static ImageSource OfFolder(string folder) => new(
        folder,
        (options, warn, cancellation) =>
            PictureFolder.ReadAsync(folder, new ReadContext(folder, options ?? ReadOptions.Default, warn), cancellation));

    /// <inheritdoc cref="ImageFile.ReadAsync"/>
    internal IAsyncEnumerable<ImageBatch> ReadAsync(ReadOptions? options, Action<string> warn, CancellationToken cancellation) =>
        _read(options, warn, cancellation);
}
