namespace ServerlessFashion.Training.Tests;

public class KeyedRandomTests
{
    /// <summary>
    /// The first outputs of SplitMix64 from state 1234567, as published with its reference C program (Rosetta Code lists them).
    /// </summary>
    [Fact]
    public void NextBits_State1234567_GivesThePublishedNumbers()
    {
        var random = KeyedRandom.FromState(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.NextBits()).ToArray());
    }

    [Fact]
    public void NextBits_KeysThatDifferInOnePart_GiveDifferentStreams()
    {
        var starts = new[]
        {
            new KeyedRandom(1, RandomPurpose.Shuffle, 1, 2, 3), new KeyedRandom(2, RandomPurpose.Shuffle, 1, 2, 3),
            new KeyedRandom(1, RandomPurpose.Weight, 1, 2, 3), new KeyedRandom(1, RandomPurpose.Shuffle, 2, 2, 3),
            new KeyedRandom(1, RandomPurpose.Shuffle, 1, 3, 3), new KeyedRandom(1, RandomPurpose.Shuffle, 1, 2, 4),
            new KeyedRandom(1, RandomPurpose.Shuffle, 2, 1, 3), new KeyedRandom(-1, RandomPurpose.Shuffle, 1, 2, 3),
        };

        Assert.Equal(starts.Length, starts.Select(random => random.NextBits()).Distinct().Count());
    }

    [Fact]
    public void NextUnit_ManyNumbers_AreUniform()
    {
        var random = new KeyedRandom(1, RandomPurpose.Weight);
        var numbers = Enumerable.Range(0, 100_000).Select(_ => random.NextUnit()).ToArray();

        // Mean 1/2 and variance 1/12; the bounds are four standard errors.
        Assert.InRange(numbers.Average(), .5 - .0037, .5 + .0037);
        Assert.InRange(numbers.Average(x => (x - .5) * (x - .5)), (1 / 12.0) - .001, (1 / 12.0) + .001);
        Assert.All(numbers, x => Assert.InRange(x, 0, 1 - double.Epsilon));
    }

    [Fact]
    public void NextNormalPair_ManyNumbers_AreStandardNormal()
    {
        var random = new KeyedRandom(1, RandomPurpose.Weight);
        var numbers = Enumerable.Range(0, 50_000).Select(_ => random.NextNormalPair()).SelectMany(pair => new[] { pair.First, pair.Second })
            .ToArray();

        // Mean 0, variance 1, 4.55 % beyond two deviations (normal table); four standard errors each.
        Assert.InRange(numbers.Average(), -.0127, .0127);
        Assert.InRange(numbers.Average(x => x * x), 1 - .018, 1 + .018);
        Assert.InRange(numbers.Count(x => Math.Abs(x) > 2) / 100_000.0, .0455 - .0027, .0455 + .0027);
    }

    [Fact]
    public void NextBelow_Three_GivesEachNumberAsOften()
    {
        var random = new KeyedRandom(1, RandomPurpose.Weight);

        var counts = Enumerable.Range(0, 30_000).Select(_ => random.NextBelow(3)).CountBy(x => x).OrderBy(pair => pair.Key).ToArray();

        Assert.Equal([0L, 1L, 2L], counts.Select(pair => pair.Key));
        Assert.All(counts, pair => Assert.InRange(pair.Value, 10_000 - 330, 10_000 + 330));
    }

    [Fact]
    public void NextPermutation_Count_HoldsEachNumberOnceAndIsShuffled()
    {
        var order = new KeyedRandom(1, RandomPurpose.Shuffle, 1).NextPermutation(1000);

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), order.Order());
        Assert.InRange(order.Where((value, index) => value == index).Count(), 0, 6);
        Assert.NotEqual(order, new KeyedRandom(1, RandomPurpose.Shuffle, 2).NextPermutation(1000));
        Assert.Equal(order, new KeyedRandom(1, RandomPurpose.Shuffle, 1).NextPermutation(1000));
    }
}
