using System.Globalization;
using System.Runtime.CompilerServices;
using ServerlessFashion.Phrases;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Arrays;

/// <summary>Reads contiguous images to the end of the stream. Ids are positions from 0.</summary>
internal static class RawImageReader
{
    /// <param name="content">A stream at the first value of the first image.</param>
    /// <param name="images">Number of images according to the header.</param>
    /// <param name="context">The input that is read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="elementBytes">Bytes of one value in the stream.</param>
    /// <param name="toGrey">
    /// Converts the bytes of one image to grey values; null if they are grey values. Receives the position of the image for error
    /// messages.
    /// </param>
    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content,
        long images,
        ReadContext context,
        [EnumeratorCancellation] CancellationToken cancellation,
        int elementBytes = 1,
        Action<long, ReadOnlyMemory<byte>, Memory<byte>>? toGrey = null)
    {
        context.CheckCount(images);
        if (images == 0)
        {
            throw context.Error("it holds no images");
        }

        var image = new byte[context.Options.Shape.Bytes * elementBytes];
        var batch = context.NewBatch();
        for (var position = 0L; position < images; position++)
        {
            var target = toGrey is null ? batch.Next : image;
            var read = await content.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, cancellation);
            if (read < target.Length)
            {
                throw context.Error($"the file ends in image {position} of {images} (counted from 0)");
            }

            toGrey?.Invoke(position, image, batch.Next);
            batch.Add(position.ToString(CultureInfo.InvariantCulture));
            if (batch.IsFull && position + 1 < images)
            {
                yield return batch;
                batch = context.NewBatch();
            }
        }

        // Before the last batch is given away, so that no caller takes a longer file for this one.
        if (await content.ReadAtLeastAsync(image.AsMemory(0, 1), 1, throwOnEndOfStream: false, cancellation) > 0)
        {
            throw context.Error($"bytes follow the {Quantity.Of(images, "image")} that the header promises");
        }

        yield return batch;
    }
}
