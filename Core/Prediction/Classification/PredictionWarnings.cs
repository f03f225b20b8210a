using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using ServerlessFashion.Data;
using ServerlessFashion.Phrases;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>
/// Collects warnings in bounded memory: suspicious grey values, the first few warnings of readers, and the number of repeated ids.
/// </summary>
/// <param name="dataset">The data set whose images are predicted; null for Fashion-MNIST.</param>
internal sealed class PredictionWarnings(DatasetDescription? dataset)
{
    private const int MostShown = 20;
    private const int MostNames = 200_000;
    private const int LargestNumber = 1 << 27;

    private readonly GreyCheck _greys = new(knowsPolarity: dataset is null);
    private readonly List<string> _shown = [];
    private readonly List<ulong> _numbersSeen = [];

    /// <summary>Hashes, because ids may be long. So few hashes practically never collide.</summary>
    private readonly HashSet<UInt128> _namesSeen = [];
    private long _more;
    private long _rows;
    private long _repeated;
    private string _firstRepeated = "";
    private long _unchecked;

    public void Add(string warning)
    {
        if (_shown.Count < MostShown)
        {
            _shown.Add(warning);
        }
        else
        {
            _more++;
        }
    }

    /// <summary>Checks the images of a batch. The batch must not be disposed yet.</summary>
    public void AddImages(ImageBatch batch)
    {
        _greys.Add(batch.Pixels.Span, batch.Origins);
        AddIds(batch.Ids);
    }

    /// <summary>Checks images that were given as values.</summary>
    /// <param name="pixels">The values of the images, one after the other.</param>
    public void AddImages(IReadOnlyList<string> ids, ReadOnlySpan<byte> pixels)
    {
        _greys.Add(pixels);
        AddIds(ids);
    }

    /// <summary>Checks for repeated ids. Whole numbers below 2^27 are stored as bits, and 200,000 other ids as hashes.</summary>
    public void AddIds(IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            _rows++;
            if (IsNew(id))
            {
                continue;
            }

            _firstRepeated = _repeated == 0 ? $"{ReadContext.Shown(id)} in row {_rows}" : _firstRepeated;
            _repeated++;
        }
    }

    public List<string> ToList()
    {
        List<string> all = [.. _greys.Warnings(), .. _shown];
        if (_more > 0)
        {
            all.Add($"{_more} more {Quantity.Noun(_more, "warning")} like these.");
        }

        if (_repeated > 0)
        {
            all.Add($"{Quantity.Of(_repeated, "row")} {Quantity.Noun(_repeated, "repeats", "repeat")} an id that came before; the first is "
                + $"{_firstRepeated}. Each row has its own prediction.");
        }

        if (_unchecked > 0)
        {
            all.Add($"{Quantity.Of(_unchecked, "id")} {Quantity.Noun(_unchecked, "was", "were")} not checked for repetition.");
        }

        return all;
    }

    private bool IsNew(string id)
    {
        // Leading zeros do not change a number, but they make another id.
        if (id is "0" or not ['0', ..] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < LargestNumber)
        {
            return IsNewNumber(number);
        }

        var name = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(id.AsSpan()));
        if (_namesSeen.Count < MostNames)
        {
            return _namesSeen.Add(name);
        }

        var known = _namesSeen.Contains(name);
        _unchecked += known ? 0 : 1;
        return !known;
    }

    private bool IsNewNumber(int number)
    {
        const int Bits = 64;
        while (_numbersSeen.Count <= number / Bits)
        {
            _numbersSeen.Add(0);
        }

        var bit = 1UL << (number % Bits);
        var isNew = (_numbersSeen[number / Bits] & bit) == 0;
        _numbersSeen[number / Bits] |= bit;
        return isNew;
    }
}
