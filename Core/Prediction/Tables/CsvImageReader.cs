using System.Runtime.CompilerServices;
using System.Text;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tables;

/// <summary>
/// Reads the competition's CSV: header <c>Id,0,...,783</c> or <c>Id,Label,0,...,783</c>, then one image per line with whole grey
/// values 0..255. A byte-order mark, blank lines, quotes around the header's fields and the ids, and any mix of line ends are
/// accepted. Labels must be whole numbers; they are not used.
/// </summary>
internal static class CsvImageReader
{
    /// <summary>CSV has no signature: any text may be CSV, and the heads of the other formats are not text.</summary>
    public static ImageFormat Format { get; } = new("CSV", IsText, ReadAsync, IsAlsoGzipped: true);

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = new CsvRows(new Utf8LineReader(content, CsvRows.LongestLine), context);
        var images = 0L;
        bool more;
        do
        {
            var batch = context.NewBatch();
            do
            {
                rows.ReadInto(batch);
                more = batch.IsFull || await rows.FillAsync(cancellation);
            }
            while (more && !batch.IsFull);

            images += batch.Count;
            context.CheckCount(images);
            if (batch.Count > 0)
            {
                yield return batch;
            }
        }
        while (more);

        rows.CheckEnd(images);
    }

    private static bool IsText(ReadOnlySpan<byte> head) =>
        head.StartsWith(Encoding.UTF8.Preamble)
        || !head[..Math.Min(head.Length, ImageFormat.HeadBytes)].ContainsAnyExceptInRange((byte)'\t', (byte)'~');
}
