namespace ServerlessFashion.Import.Sources;

/// <summary>The shape of each image of an array.</summary>
internal sealed record ArrayShape(int Height, int Width, int Channels, bool IsChannelsFirst = false)
{
    /// <summary>Values of one image.</summary>
    public int Values => Height * Width * Channels;

    /// <summary>The images of an array of that shape; null if it is none of images.</summary>
    public static ArrayShape? Of(IReadOnlyList<long> shape) => shape.Any(size => size > int.MaxValue) ? null : shape switch
    {
        [_, var values] => PixelShape.OfRow(values) is { } row ? new(row.Side, row.Side, row.Channels) : null,
        [_, var height, var width] => new((int)height, (int)width, 1),
        [_, var height, var width, (1 or 3) and var channels] => new((int)height, (int)width, (int)channels),
        [_, (1 or 3) and var channels, var height, var width] => new((int)height, (int)width, (int)channels, IsChannelsFirst: true),
        _ => null,
    };

    /// <summary>The values of an image with the channels of a pixel together.</summary>
    public byte[] ChannelsLast(byte[] values)
    {
        if (!IsChannelsFirst || Channels == 1)
        {
            return values;
        }

        var (pixels, turned) = (Height * Width, new byte[values.Length]);
        for (var i = 0; i < values.Length; i++)
        {
            turned[(i % pixels * Channels) + (i / pixels)] = values[i];
        }

        return turned;
    }
}
