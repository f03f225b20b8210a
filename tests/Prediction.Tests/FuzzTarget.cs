using ServerlessFashion.Api.Requests;
using ServerlessFashion.Data;
using ServerlessFashion.Export;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tests;

/// <summary>
/// Reads one input, whatever it is, and holds the outcome against what every reader promises: whole images or one clear
/// sentence, in bounded memory. Anything else is an exception.
/// </summary>
internal static class FuzzTarget
{
    private const int MostAllocated = 192 << 20;

    /// <summary>Small, so that a header that promises much costs little even where it is believed.</summary>
    private static readonly ReadOptions Limits = new() { BatchSize = 8, MaxImages = 10_000, MaxPicturePixels = 4_000_000 };

    /// <summary>True when <paramref name="bytes"/> were read to their end, false when they were refused as they should be.</summary>
    /// <param name="format">One of <see cref="GoodFiles"/>; image files tell their format themselves.</param>
    public static async Task<bool> AcceptsAsync(string format, byte[] bytes)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var accepted = await TryReadAsync(format, bytes);
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        return allocated < MostAllocated
            ? accepted
            : throw new InvalidOperationException($"Reading {bytes.Length} bytes took {allocated} bytes of memory.");
    }

    private static async Task<bool> TryReadAsync(string format, byte[] bytes)
    {
        try
        {
            switch (format)
            {
                case "json":
                    ReadJson(bytes);
                    break;
                case "safetensors":
                    _ = SafetensorsReader.Open(new MemoryStream(bytes), "file").ReadTensors(_ => true).Count();
                    break;
                default:
                    await ReadImagesAsync(bytes);
                    break;
            }

            return true;
        }
        catch (InvalidInputException error)
        {
            RequireClear(error.Message);
            return false;
        }
        catch (ProblemException error)
        {
            RequireClear(error.Message);
            return false;
        }
    }

    private static async Task ReadImagesAsync(byte[] bytes)
    {
        var images = 0;
        await foreach (var batch in ImageFile.ReadAsync(new MemoryStream(bytes), "file", Limits))
        {
            using (batch)
            {
                Require(batch.Count > 0 && batch.Ids.Count == batch.Count && batch.Pixels.Length == batch.Count * 784,
                    "a batch is not whole");
                images += batch.Count;
            }
        }

        Require(images > 0, "no image and no error");
    }

    private static void ReadJson(byte[] bytes)
    {
        var (ids, pixels) = JsonImages.Read(bytes, ImageShape.FashionMnist, 1000, "body: too many images.");
        Require(ids.Count > 0 && pixels.Length == ids.Count * 784, "ids and pixels do not belong together");
    }

    /// <summary>One line that begins with what it is about and ends as a sentence does.</summary>
    private static void RequireClear(string message) =>
        Require(message.Length < 1000 && message.Contains(": ", StringComparison.Ordinal) && !message.Any(char.IsControl),
            $"not a clear error: {message}");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
