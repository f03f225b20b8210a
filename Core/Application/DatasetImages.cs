using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Reporting;

namespace ServerlessFashion.Application;

/// <summary>One image of a data set.</summary>
/// <param name="Row">Position in its part, from 0.</param>
/// <param name="Png">The image as a PNG file.</param>
public sealed record DatasetImage(int Row, int Label, string LabelName, byte[] Png);

/// <summary>Shows images of registered data sets.</summary>
public sealed class DatasetImages(RegisteredSets sets)
{
    /// <summary>Most images of one answer.</summary>
    public const int Most = 40;

    private const int MostOfAClass = 4;

    /// <summary>Some images of a part.</summary>
    /// <param name="rows">Positions in the part; null for the first images of each class, up to four of each and 40 in all.</param>
    /// <returns>
    /// The images in the order of the rows, or class by class. Empty for Fashion-MNIST, whose files can only be read whole.
    /// </returns>
    /// <exception cref="RefusedException">No such data set is registered.</exception>
    /// <exception cref="InvalidInputException">The part has no such row, or the rows are too many.</exception>
    public async Task<IReadOnlyList<DatasetImage>> ListAsync(
        string name, DatasetPart part, IReadOnlyList<int>? rows, CancellationToken cancellation)
    {
        if (name == DatasetDescription.FashionMnistName)
        {
            return [];
        }

        var set = await sets.FindAsync(name, cancellation) ?? throw DatasetService.NotFound(name);
        var labels = await sets.ReadLabelsAsync(set, part, cancellation);
        Check(rows, labels.Length);

        // One by one: the rows may lie far apart, and a blob holds thousands of images.
        return await Task.WhenAll((rows ?? FirstOfEachClass(labels, set.Classes.Count)).Select(async row => new DatasetImage(
            row, labels[row], set.Classes[labels[row]],
            ImagePng.Encode(
                await sets.ReadImagesAsync(set, part, [row], cancellation), new ImageShape(set.Side, set.Channels)))));
    }

    private static void Check(IReadOnlyList<int>? rows, int images)
    {
        if (rows?.Count > Most)
        {
            throw new InvalidInputException(
                string.Create(CultureInfo.InvariantCulture, $"rows: expected at most {Most} rows, found {rows.Count}."));
        }

        if (rows?.Any(row => row < 0 || row >= images) is true)
        {
            var unknown = rows.First(row => row < 0 || row >= images);
            throw new InvalidInputException(
                string.Create(CultureInfo.InvariantCulture, $"rows: {unknown} is no row of the part, which has {images}."));
        }
    }

    private static IEnumerable<int> FirstOfEachClass(byte[] labels, int classes)
    {
        var ofEach = Math.Clamp(Most / classes, 1, MostOfAClass);
        return labels.Index().GroupBy(image => image.Item).OrderBy(ofClass => ofClass.Key).Take(Most)
            .SelectMany(ofClass => ofClass.Take(ofEach).Select(image => image.Index));
    }
}
