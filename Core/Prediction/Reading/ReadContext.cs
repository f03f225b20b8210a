using System.Text;

namespace ServerlessFashion.Prediction.Reading;

/// <summary>The context that every reader shares: the input's name, options and warnings.</summary>
/// <param name="Warn">Receives warnings, which do not name the input: its summary does.</param>
internal sealed record ReadContext(string Name, ReadOptions Options, Action<string> Warn)
{
    private const int ShownCharacters = 40;

    public InvalidInputException Error(string what, Exception? inner = null) => new($"{Name}: {what}.", inner!);

    /// <summary>The context of one part of the input, such as an entry of a ZIP. Errors and warnings name the part.</summary>
    public ReadContext Within(string part) => this with { Name = $"{Name}: {part}", Warn = warning => Warn($"{part}: {warning}") };

    public ImageBatch NewBatch() => new(Options.BatchSize, Options.Shape);

    /// <summary>Refuses an input with more images than the limit.</summary>
    public void CheckCount(long images)
    {
        if (images > Options.MaxImages)
        {
            throw Error($"it has more than {Options.MaxImages} images, the limit of one input");
        }
    }

    /// <summary>Reads all of <paramref name="content"/> into memory.</summary>
    /// <exception cref="InvalidInputException">
    /// The content is longer than <paramref name="limit"/> bytes. <paramref name="tooLong"/> creates the exception.
    /// </exception>
    public static async Task<ReadOnlyMemory<byte>> ReadWholeAsync(
        Stream content, long limit, Func<InvalidInputException> tooLong, CancellationToken cancellation)
    {
        var whole = new MemoryStream();
        var chunk = new byte[64 << 10];
        int read;
        while ((read = await content.ReadAsync(chunk, cancellation)) > 0)
        {
            if (whole.Length + read > limit)
            {
                throw tooLong();
            }

            whole.Write(chunk, 0, read);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }

    /// <summary>Shortens text of the input and removes its control characters, for error messages.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, ShownCharacters)))
        {
            shown.Append(char.IsControl(character) || char.IsSurrogate(character) ? '?' : character);
        }

        return text.Length > ShownCharacters ? $"'{shown}...'" : $"'{shown}'";
    }

    public static string Shown(ReadOnlySpan<byte> utf8) =>
        Shown(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * ShownCharacters)]));
}
