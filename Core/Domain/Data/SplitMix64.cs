namespace ServerlessFashion.Data;

/// <summary>
/// The SplitMix64 generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, with the
/// constants of Vigna's public-domain splitmix64.c). The project has its own copy because stored splits must never change, and
/// <see cref="Random"/> does not promise that across .NET versions.
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>
    /// A uniform integer in [0, <paramref name="bound"/>): multiply-shift with rejection, so it has no bias (Lemire, "Fast random
    /// integer generation in an interval", 2019).
    /// </summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (ulong)bound;
        var threshold = (0 - range) % range;
        ulong low;
        ulong high;
        do
        {
            high = Math.BigMul(Next(), range, out low);
        }
        while (low < threshold);

        return (int)high;
    }

    /// <summary>A uniform number in [0, 1) with 53 bits.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Shuffles <paramref name="items"/> (Fisher-Yates, from the last item down).</summary>
    public void Shuffle(Span<int> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
