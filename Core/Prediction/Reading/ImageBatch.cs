using System.Buffers;
using ServerlessFashion.Data;

namespace ServerlessFashion.Prediction.Reading;

/// <summary>
/// Consecutive images of an input, in its order. The memory is rented, so the receiver of a batch must dispose it after use.
/// </summary>
public sealed class ImageBatch : IDisposable
{
    private readonly int _capacity;
    private readonly List<string> _ids;
    private readonly List<ImageOrigin> _origins;
    private byte[] _pixels;

    /// <param name="shape">The shape of each image.</param>
    internal ImageBatch(int capacity, ImageShape shape)
    {
        Shape = shape;
        _capacity = capacity;
        _ids = new List<string>(capacity);
        _origins = new List<ImageOrigin>(capacity);
        _pixels = ArrayPool<byte>.Shared.Rent(capacity * shape.Bytes);
    }

    public int Count => _ids.Count;

    /// <summary>One id per image: from the file's Id column, the name of the picture, or the position in the file from 0.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>The origin of each image.</summary>
    public IReadOnlyList<ImageOrigin> Origins => _origins;

    public ImageShape Shape { get; }

    /// <summary>Raw values 0..255: Count x bytes of the shape, 784 grey values each for Fashion-MNIST.</summary>
    public ReadOnlyMemory<byte> Pixels => _pixels.AsMemory(0, Count * Shape.Bytes);

    internal bool IsFull => Count == _capacity;

    /// <summary>The memory for the pixels of the next image. <see cref="Add"/> adds the image to the batch.</summary>
    internal Memory<byte> Next => _pixels.AsMemory(Count * Shape.Bytes, Shape.Bytes);

    internal void Add(string id, ImageOrigin origin = ImageOrigin.Values)
    {
        _ids.Add(id);
        _origins.Add(origin);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_pixels);
        _pixels = [];
        _ids.Clear();
        _origins.Clear();
    }
}
