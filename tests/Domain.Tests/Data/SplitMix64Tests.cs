using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

public class SplitMix64Tests
{
    [Fact]
    public void Next_Seed1234567_GivesThePublishedSequence()
    {
        // rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64
        var random = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void NextBelow_Seed42_GivesTheHighWordsOfTheProducts()
    {
        // Python, exact integers: (next() * 10) >> 64
        var random = new SplitMix64(42);

        Assert.Equal([7, 1, 2, 3, 0, 8, 2, 8, 3, 6, 2, 4], Enumerable.Range(0, 12).Select(_ => random.Next(10)));
    }

    [Fact]
    public void NextBelow_ManyDraws_AreUniform()
    {
        var random = new SplitMix64(7);
        var counts = new int[6];
        for (var draw = 0; draw < 60_000; draw++)
        {
            counts[random.Next(6)]++;
        }

        // Chi-square with 5 degrees of freedom exceeds 20.52 once in a thousand seeds.
        Assert.True(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000) < 20.52);
    }

    [Fact]
    public void Shuffle_Seed42_IsFisherYatesFromTheEnd()
    {
        // Python: for k in 9..1: swap a[k], a[(next() * (k + 1)) >> 64]
        int[] items = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

        new SplitMix64(42).Shuffle(items);

        Assert.Equal([8, 3, 6, 5, 4, 0, 9, 2, 1, 7], items);
    }
}
