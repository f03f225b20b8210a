using System.Runtime.CompilerServices;
using System.Text;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tables;

/// <summary>
/// Reads CSV with a header (<see cref="CsvHeader"/>) and one image per line, with whole grey values 0..255. The fields are separated by
/// commas, semicolons or tabs. A byte-order mark, UTF-16, blank lines, quotes and spaces around fields, zero decimals (<c>12.0</c>), and
/// any mix of line ends are accepted. Labels must be whole numbers; they are not used. Without ids, ids are positions from 0.
/// </summary>
internal static class CsvImageReader
{
    /// <summary>CSV has no signature: any text may be CSV, and the heads of the other formats are not text.</summary>
    public static ImageFormat Format { get; } = new("CSV", IsText, ReadAsync, IsAlsoGzipped: true);

    public static async IAsyncEnumerable<ImageBatch> ReadAsync(
        Stream content, ReadContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var text = await OpenAsync(content, cancellation);
        var rules = CsvRules.Of(context.Options.Shape);
        var rows = new CsvRows(new Utf8LineReader(text, rules.LongestLine), context, rules);
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

    /// <summary>The table in UTF-8. The inner stream stays open.</summary>
    public static async Task<Stream> OpenAsync(Stream content, CancellationToken cancellation)
    {
        var (head, whole) = await PrefixedStream.PeekAsync(content, cancellation);
        return EncodingOf(head.Span) is { } utf16
            ? Encoding.CreateTranscodingStream(whole, utf16, Encoding.UTF8, leaveOpen: true)
            : whole;
    }

    private static bool IsText(ReadOnlySpan<byte> head) =>
        EncodingOf(head) is not null
        || head.StartsWith(Encoding.UTF8.Preamble)
        || !head[..Math.Min(head.Length, ImageFormat.HeadBytes)].ContainsAnyExceptInRange((byte)'\t', (byte)'~');

    /// <summary>UTF-16 by its mark, or by the zeros of two ASCII characters; null for UTF-8.</summary>
    private static UnicodeEncoding? EncodingOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xff, 0xfe, ..] or [not 0 and < 128, 0, not 0 and < 128, 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        [0xfe, 0xff, ..] or [0, not 0 and < 128, 0, not 0 and < 128, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };
}
