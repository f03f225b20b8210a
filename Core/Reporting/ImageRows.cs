using ServerlessFashion.Data;

namespace ServerlessFashion.Reporting;

/// <summary>Finds test images by their ids, and computes their distance to another label.</summary>
internal static class ImageRows
{
    /// <summary>Row in <paramref name="images"/> of each id.</summary>
    public static IReadOnlyDictionary<int, int> Of(LabelledImages images)
    {
        var rows = new Dictionary<int, int>(images.Count);
        for (var row = 0; row < images.Count; row++)
        {
            rows[images.Ids[row]] = row;
        }

        return rows;
    }

    /// <summary>
    /// Distance in grey values between the image's brightness plus its garment's offset and the nearest cut of
    /// <see cref="FiveLabelRule"/>.
    /// </summary>
    public static int CutDistance(LabelledImages images, int row)
    {
        var position = FiveLabelRule.Brightness(images.Image(row)) + FiveLabelRule.Offsets[images.Garments[row]];
        return FiveLabelRule.Cuts.Min(cut => Math.Abs(position - cut));
    }
}
