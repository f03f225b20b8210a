namespace ServerlessFashion.Training;

/// <summary>The purpose of a stream of random numbers. Streams of different purposes are independent.</summary>
internal enum RandomPurpose
{
    Weight = 1,
    Shuffle = 2,
    DropoutBuffer = 3,
    DropoutOffset = 4,
    OffsetSearch = 5,
    Augmentation = 6,
    FlipSide = 7,
    DataPruning = 8,
}

/// <summary>
/// Random numbers as a pure function of a key (seed, purpose, and up to three positions such as epoch, step and layer): there is no
/// state between epochs, so a resumed training draws the same numbers as an uninterrupted one, on every system.
/// </summary>
/// <remarks>
/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014). The generator's own output
/// function folds the parts of the key into the start state, one after another.
/// </remarks>
internal struct KeyedRandom
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    public KeyedRandom(int seed, RandomPurpose purpose, int first = 0, int second = 0, int third = 0)
    {
        _state = Fold(Fold(Fold(Fold(Mix((uint)seed + Gamma), (int)purpose), first), second), third);
    }

    private KeyedRandom(ulong state)
    {
        _state = state;
    }

    /// <summary>Creates the plain generator from a start state, for a comparison with published numbers.</summary>
    public static KeyedRandom FromState(ulong state) => new(state);

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        _state += Gamma;
        return Mix(_state);
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// Uniform in 0..<paramref name="bound"/> - 1 by multiplication (Lemire 2019, without the rejection step: the
    /// bias is below bound / 2^64).
    /// </summary>
    public long NextBelow(long bound) => (long)Math.BigMul(NextBits(), (ulong)bound, out _);

    /// <summary>Two independent standard normal numbers (Box and Muller 1958).</summary>
    public (double First, double Second) NextNormalPair()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextUnit()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * NextUnit());
        return (radius * cosine, radius * sine);
    }

    /// <summary>The numbers 0..<paramref name="count"/> - 1 in random order (Fisher and Yates).</summary>
    public long[] NextPermutation(int count)
    {
        var order = new long[count];
        for (var i = 0; i < count; i++)
        {
            var j = NextBelow(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        return order;
    }

    private static ulong Fold(ulong key, int part) => Mix((key ^ (uint)part) + Gamma);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
