using System.Globalization;
using System.Text;
using ServerlessFashion.Data;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>The body of a prediction request with images of random grey rectangles.</summary>
internal sealed record PredictionBody(string MediaType, byte[] Content, int Images)
{
    /// <param name="isSpacious">Writes each value on a line of its own, as some programs do. The body is about five times as long.</param>
    public static PredictionBody Json(int images, Random random, bool isSpacious = false)
    {
        var separator = isSpacious ? ",\n            " : ",";
        var text = new StringBuilder("{\"images\": [");
        for (var image = 0; image < images; image++)
        {
            text.Append(image == 0 ? "[" : ",[").AppendJoin(separator, Pixels(random)).Append(']');
        }

        return new PredictionBody("application/json", Encoding.UTF8.GetBytes(text.Append("]}").ToString()), images);
    }

    /// <summary>Rows of an id and 784 values.</summary>
    public static PredictionBody Csv(int images, Random random)
    {
        var text = new StringBuilder("Id,").AppendJoin(',', Enumerable.Range(0, FashionMnist.PixelsPerImage).Select(Name)).Append('\n');
        for (var image = 0; image < images; image++)
        {
            text.Append(image).Append(',').AppendJoin(',', Pixels(random)).Append('\n');
        }

        return new PredictionBody("text/csv", Encoding.UTF8.GetBytes(text.ToString()), images);

        static string Name(int pixel) => string.Create(CultureInfo.InvariantCulture, $"pixel{pixel}");
    }

    /// <summary>A light rectangle on a dark background.</summary>
    private static IEnumerable<int> Pixels(Random random)
    {
        var (left, top, right, bottom, grey) = (
            random.Next(2, 12), random.Next(2, 12), random.Next(16, 26), random.Next(16, 26), random.Next(100, 256));
        for (var y = 0; y < FashionMnist.Side; y++)
        {
            for (var x = 0; x < FashionMnist.Side; x++)
            {
                yield return x >= left && x < right && y >= top && y < bottom ? grey : 0;
            }
        }
    }
}
