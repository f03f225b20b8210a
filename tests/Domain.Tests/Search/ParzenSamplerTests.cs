using ServerlessFashion.Data;
using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Domain.Tests.Search;

public class ParzenSamplerTests
{
    private static readonly SearchParameter Rate = SearchParameter.Of("rate", new ParameterRange { From = 0, To = 1 });

    private static readonly SearchParameter Batch = SearchParameter.Of(
        "batch", new ParameterRange { Values = [OptionValue.Of("a"), OptionValue.Of("b"), OptionValue.Of("c")] });

    /// <summary>Computed in Python with math.erf: (1 + truncated normal densities) / (n + 1), width sqrt(1/12) n^(-1/5).</summary>
    [Theory]
    [InlineData(new[] { .5 }, .5, 1.253748831045)]
    [InlineData(new[] { .2, .9 }, .3, 1.001913034854)]
    [InlineData(new double[0], .3, 1)]
    public void Density_OfNumbers_IsThatOfTheFormula(double[] points, double at, double expected) =>
        Assert.Equal(expected, ParzenDensity.Of(Rate, points).At(at), 9);

    /// <summary>By hand: counts 2, 0 and 0 with one more each are 3, 1 and 1 of 5; each value has a third of the interval.</summary>
    [Fact]
    public void Density_OfChoices_IsTheShareWithOneMoreOfEach()
    {
        var density = ParzenDensity.Of(Batch, [.1, .2]);

        Assert.Equal(1.8, density.At(0), 12);
        Assert.Equal(.6, density.At(.5), 12);
        Assert.Equal(.6, density.At(.99), 12);
    }

    [Fact]
    public void Draw_GoodTrialsApart_DrawsNearThem()
    {
        var trials = Enumerable.Range(0, 16)
            .Select(i => new Observation([i < 4 ? .1 : .8, i < 4 ? .9 : .1], Epochs: 3, Accuracy: i < 4 ? .9 : .5)).ToList();
        var sampler = new ParzenSampler([Rate, Batch], new SplitMix64(1));

        var drawn = Enumerable.Range(0, 50).Select(_ => sampler.Draw(trials)).ToList();

        Assert.True(drawn.Average(points => points[0]) < .3);
        Assert.All(drawn, points => Assert.Equal(2, ((ChoiceParameter)Batch).IndexAt(points[1])));
    }

    /// <summary>The rung with more epochs has two trials, fewer than the three that one parameter needs.</summary>
    [Fact]
    public void Draw_TooFewTrialsInTheLastRung_UsesTheRungBelow()
    {
        List<Observation> trials =
        [
            .. Enumerable.Range(0, 16).Select(i => new Observation([i < 4 ? .1 : .8], Epochs: 1, Accuracy: i < 4 ? .9 : .5)),
            new([.9], Epochs: 3, Accuracy: .99), new([.8], Epochs: 3, Accuracy: .2),
        ];

        var drawn = Enumerable.Range(0, 50).Select(i => new ParzenSampler([Rate], new SplitMix64((ulong)i)).Draw(trials)[0]);

        Assert.True(drawn.Average() < .3);
    }

    [Fact]
    public void Draw_SameSeedAndTrials_IsTheSame()
    {
        Observation[] trials = [new([.1], 1, .9), new([.2], 1, .8), new([.9], 1, .3)];

        Assert.Equal(
            new ParzenSampler([Rate], new SplitMix64(5)).Draw(trials), new ParzenSampler([Rate], new SplitMix64(5)).Draw(trials));
    }
}
