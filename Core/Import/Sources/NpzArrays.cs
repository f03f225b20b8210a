using System.Globalization;
using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Import.Files;
using ServerlessFashion.Phrases;
using ServerlessFashion.Prediction.Arrays;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Sources;

/// <summary>
/// An NPZ with arrays of images and of labels: <c>x_train, y_train, x_test, y_test</c>, <c>train_images, train_labels, ...</c>,
/// <c>images, labels</c> or <c>X, y</c>. Images have shape [N, H, W], [N, H, W, C], [N, C, H, W] or [N, S * S], labels [N] or [N, 1]
/// with whole numbers or texts.
/// </summary>
internal sealed class NpzArrays : LabelledSource
{
    private const string Extension = ".npy";

    private static readonly (DatasetPart Part, bool IsValidation, string[] Images, string[] Labels)[] Names =
    [
        (DatasetPart.Train, false,
            ["x_train", "train_images", "train_x", "images", "x", "data"],
            ["y_train", "train_labels", "train_y", "labels", "y", "target"]),
        (DatasetPart.Train, true, ["x_val", "val_images", "val_x"], ["y_val", "val_labels", "val_y"]),
        (DatasetPart.Test, false, ["x_test", "test_images", "test_x"], ["y_test", "test_labels", "test_y"]),
    ];

    private static readonly NpyShapes ImageShapes =
        new("[N, H, W], [N, H, W, C], [N, C, H, W] or [N, S * S]", shape => ArrayShape.Of(shape) is not null);

    private static readonly NpyShapes LabelShapes = new("[N] or [N, 1]", shape => shape is [_] or [_, 1], TakeTexts: true)
    {
        RemedyOf = shape => shape is [_, > 1] ? "turn one-hot rows into labels with labels.argmax(axis=1) and save the NPZ again" : null,
    };

    private readonly SourceFiles _files;
    private readonly List<(DatasetPart Part, bool IsValidation, string Images, string Labels)> _pairs = [];

    /// <exception cref="InvalidInputException">No pair of arrays has such names.</exception>
    public NpzArrays(SourceFiles files)
    {
        _files = files;
        foreach (var (part, isValidation, images, labels) in Names)
        {
            if ((Find(images), Find(labels)) is ({ } image, { } label))
            {
                _pairs.Add((part, isValidation, image, label));
            }
        }

        if (_pairs.All(pair => pair.Part != DatasetPart.Train))
        {
            var found = files.Paths.Select(path => Path.GetFileNameWithoutExtension(path)).Take(8);
            throw files.Context.Error(
                $"the NPZ needs arrays x_train and y_train, or images and labels, or X and y; it holds {string.Join(", ", found)}");
        }
    }

    public override IReadOnlyCollection<string> OtherFiles =>
        [.. _files.Paths.Where(path => _pairs.All(pair => path != pair.Images && path != pair.Labels))];

    public static bool Is(IReadOnlyList<string> paths) =>
        paths.Count > 0 && paths.All(path => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase));

    public override async IAsyncEnumerable<SourceImage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (part, isValidation, imagesPath, labelsPath) in _pairs)
        {
            var labels = await ReadLabelsAsync(labelsPath, cancellation);
            var context = _files.Part(imagesPath);
            await using var content = await _files.OpenAsync(imagesPath, cancellation);
            var header = await NpyHeader.ReadAsync(content, ImageShapes, context, cancellation);
            RequireCOrder(header, context);
            var shape = ArrayShape.Of(header.Shape)!;
            PixelShape.Check(shape.Height, shape.Width, shape.Channels, context);
            if (header.Shape[0] != labels.Count)
            {
                throw context.Error(
                    $"it has {Quantity.Of(header.Shape[0], "image")}, but {labelsPath} has {Quantity.Of(labels.Count, "label")}");
            }

            var array = Path.GetFileNameWithoutExtension(imagesPath);
            for (var i = 0; i < labels.Count; i++)
            {
                yield return new SourceImage(string.Create(CultureInfo.InvariantCulture, $"{array}[{i}]"), part, labels[i])
                {
                    Pixels = shape.ChannelsLast(await ReadPixelsAsync(content, header, shape.Values, i, context, cancellation)),
                    Width = shape.Width,
                    Height = shape.Height,
                    Channels = shape.Channels,
                    IsValidation = isValidation,
                };
            }
        }
    }

    private static async Task<byte[]> ReadPixelsAsync(
        Stream content, NpyHeader header, int values, int image, ReadContext context, CancellationToken cancellation)
    {
        var raw = new byte[values * header.Element.Bytes];
        if (await content.ReadAtLeastAsync(raw, raw.Length, throwOnEndOfStream: false, cancellation) < raw.Length)
        {
            throw context.Error($"it is cut off in image {image} (counted from 0)");
        }

        if (header.Element.IsByte)
        {
            return raw;
        }

        var pixels = new byte[values];
        for (var i = 0; i < values; i++)
        {
            pixels[i] = NpyImageReader.Grey(
                header.Element, raw.AsSpan(i * header.Element.Bytes, header.Element.Bytes), image, i, context);
        }

        return pixels;
    }

    private async Task<List<string>> ReadLabelsAsync(string path, CancellationToken cancellation)
    {
        var context = _files.Part(path);
        await using var content = await _files.OpenAsync(path, cancellation);
        var header = await NpyHeader.ReadAsync(content, LabelShapes, context, cancellation);
        RequireCOrder(header, context);
        var labels = new List<string>();
        var value = new byte[header.Element.Bytes];
        for (var i = 0L; i < header.Shape[0]; i++)
        {
            if (await content.ReadAtLeastAsync(value, value.Length, throwOnEndOfStream: false, cancellation) < value.Length)
            {
                throw context.Error($"it is cut off in label {i} (counted from 0)");
            }

            labels.Add(ReadLabel(header.Element, value, i, context));
        }

        return labels;
    }

    private static string ReadLabel(NpyElement element, ReadOnlySpan<byte> value, long position, ReadContext context)
    {
        if (element.IsText)
        {
            return element.ReadText(value) is { Length: > 0 } text
                ? text
                : throw context.Error($"label {position} (counted from 0) is empty");
        }

        var label = element.Read(value);
        return label == Math.Round(label)
            ? label.ToString("0", CultureInfo.InvariantCulture)
            : throw context.Error($"label {position} (counted from 0) should be a whole number, found {label}");
    }

    private static void RequireCOrder(NpyHeader header, ReadContext context)
    {
        if (header.IsFortranOrder && header.Shape.Count > 1)
        {
            throw context.Error("the array is in Fortran order; save it in C order with np.ascontiguousarray(array)");
        }
    }

    private string? Find(string[] names) => names
        .Select(name => _files.Paths.FirstOrDefault(path => path.Equals(name + Extension, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(path => path is not null);
}
