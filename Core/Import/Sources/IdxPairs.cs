using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Import.Files;
using ServerlessFashion.Phrases;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Sources;

/// <summary>
/// Pairs of IDX files, packed with gzip or not, under the names of the MNIST family: <c>train-images-idx3-ubyte</c> beside
/// <c>train-labels-idx1-ubyte</c>, <c>t10k-...</c>, <c>emnist-letters-test-...</c>, and <c>qmnist-train-labels-idx2-int</c>, whose first
/// column is the label.
/// </summary>
internal sealed class IdxPairs : LabelledSource
{
    private const int Int32Type = 0x0c;
    private const int ByteType = 0x08;

    private readonly SourceFiles _files;
    private readonly List<(DatasetPart Part, string Images, string Labels)> _pairs = [];

    /// <exception cref="InvalidInputException">A file of images has no labels, or a part has several pairs.</exception>
    public IdxPairs(SourceFiles files)
    {
        _files = files;
        var labels = files.Paths.Where(path => IsIdx(path, "labels")).ToDictionary(StemOf);
        foreach (var images in files.Paths.Where(IsImages))
        {
            if (!labels.TryGetValue(StemOf(images).Replace("images", "labels", StringComparison.OrdinalIgnoreCase), out var paired))
            {
                throw files.Part(images).Error("it needs the file of its labels beside it, such as train-labels-idx1-ubyte");
            }

            var part = LabelledSource.PartOf(Path.GetFileName(images), out _) ?? DatasetPart.Train;
            if (_pairs.FirstOrDefault(pair => pair.Part == part) is { Images: { } other })
            {
                throw files.Context.Error(
                    $"{ReadContext.Shown(other)} and {ReadContext.Shown(images)} are both the {part.ToString().ToLowerInvariant()} part; "
                    + "put the files of one set into a folder of its own");
            }

            _pairs.Add((part, images, paired));
        }
    }

    public override IReadOnlyCollection<string> OtherFiles =>
        [.. _files.Paths.Where(path => !ClassNameFile.Is(path) && _pairs.All(pair => path != pair.Images && path != pair.Labels))];

    public static bool IsImages(string path) => IsIdx(path, "images");

    public override async IAsyncEnumerable<SourceImage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (part, imagesPath, labelsPath) in _pairs)
        {
            var labels = await ReadLabelsAsync(labelsPath, cancellation);
            var context = _files.Part(imagesPath);
            var (_, content, packed) = await _files.OpenUnpackedAsync(imagesPath, cancellation);
            await using var closed = packed;
            await using var images = content;
            var sizes = await ReadHeaderAsync(images, ByteType, [3, 4], context, cancellation);
            var channels = sizes.Length == 4 ? sizes[3] : 1;
            if (sizes[0] != labels.Count)
            {
                throw context.Error($"it has {Quantity.Of(sizes[0], "image")}, but {labelsPath} has {Quantity.Of(labels.Count, "label")}");
            }

            PixelShape.Check(sizes[1], sizes[2], channels, context);
            var (height, width) = ((int)sizes[1], (int)sizes[2]);
            for (var i = 0; i < labels.Count; i++)
            {
                var pixels = new byte[height * width * (int)channels];
                await ReadFullAsync(images, pixels, context, cancellation);
                yield return new SourceImage(string.Create(CultureInfo.InvariantCulture, $"{imagesPath} image {i}"), part, labels[i])
                {
                    Pixels = pixels,
                    Width = width,
                    Height = height,
                    Channels = (int)channels,
                };
            }

            await CheckEndAsync(images, context, cancellation);
        }
    }

    private async Task<List<string>> ReadLabelsAsync(string path, CancellationToken cancellation)
    {
        var context = _files.Part(path);
        var (head, content, packed) = await _files.OpenUnpackedAsync(path, cancellation);
        await using var closed = packed;
        await using var labels = content;
        var type = head.Length > 2 ? head.Span[2] : ByteType;
        var sizes = await ReadHeaderAsync(labels, type == Int32Type ? Int32Type : ByteType, [1, 2], context, cancellation);
        var (bytes, columns) = (type == Int32Type ? sizeof(int) : 1, sizes.Length == 2 ? sizes[1] : 1);
        var row = new byte[checked((int)(bytes * columns))];
        var read = new List<string>();
        for (var i = 0L; i < sizes[0]; i++)
        {
            await ReadFullAsync(labels, row, context, cancellation);
            var label = bytes == 1 ? row[0] : BinaryPrimitives.ReadInt32BigEndian(row);
            read.Add(label.ToString(CultureInfo.InvariantCulture));
        }

        await CheckEndAsync(labels, context, cancellation);
        return read;
    }

    private static async Task<uint[]> ReadHeaderAsync(
        Stream content, int type, int[] dimensions, ReadContext context, CancellationToken cancellation)
    {
        var magic = new byte[sizeof(int)];
        await ReadFullAsync(content, magic, context, cancellation);
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != type || !dimensions.Contains(magic[3]))
        {
            throw context.Error($"an IDX file of {(dimensions[0] == 1 ? "labels" : "images")} begins with the bytes "
                + $"0000{type:X2}{dimensions[0]:X2}, found {Convert.ToHexString(magic)}");
        }

        var header = new byte[IdxHeader.Length(magic[3])];
        await ReadFullAsync(content, header.AsMemory(sizeof(int)), context, cancellation);
        return IdxHeader.Sizes(header, magic[3]);
    }

    private static async Task ReadFullAsync(Stream content, Memory<byte> target, ReadContext context, CancellationToken cancellation)
    {
        if (await content.ReadAtLeastAsync(target, target.Length, throwOnEndOfStream: false, cancellation) < target.Length)
        {
            throw context.Error("it is cut off");
        }
    }

    private static async Task CheckEndAsync(Stream content, ReadContext context, CancellationToken cancellation)
    {
        if (await content.ReadAsync(new byte[1], cancellation) > 0)
        {
            throw context.Error("bytes follow the values that the header promises");
        }
    }

    private static bool IsIdx(string path, string what)
    {
        var name = Path.GetFileName(path);
        return name.Contains("idx", StringComparison.OrdinalIgnoreCase) && name.Contains(what, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The path up to the name of the format, which differs between images and labels.</summary>
    private static string StemOf(string path) =>
        path[..path.LastIndexOf("idx", StringComparison.OrdinalIgnoreCase)].TrimEnd('-', '.').ToLowerInvariant();
}
