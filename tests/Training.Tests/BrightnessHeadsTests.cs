using ServerlessFashion.Data;
using ServerlessFashion.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

public class BrightnessHeadsTests
{
    /// <summary>
    /// Two components with gates 1/4 and 3/4, offsets 0 and 1, cuts 4, 5.5, 6.5 and 8, s = 1/2, S = 50,000, by the formula
    /// in which the head is stated (differences of F per component) in Python's double precision:
    /// <code>
    /// from math import exp
    /// F=lambda z:1/(1+exp(-z)); pi=[.25,.75]; b=[0,1]; T=[-1e9,4,5.5,6.5,8,1e9]; S=5; e=.01
    /// Ft=lambda t,k: 0 if t==-1e9 else 1 if t==1e9 else F((t-S-b[k])/.5)
    /// print([(1-e)*sum(pi[k]*(Ft(T[y+1],k)-Ft(T[y],k)) for k in (0,1))+e/5 for y in range(5)])
    /// </code>
    /// </summary>
    [Fact]
    public void LatentOffsets_TwoComponents_GivesTheProbabilitiesWorkedByHand()
    {
        using var scope = NewDisposeScope();
        var logits = BrightnessHeads.LatentOffsets(
            tensor([0.0, Math.Log(3)], [1, 2]), tensor(new[] { 50_000.0 }), tensor(new[] { 0.0, 1 }),
            tensor(new[] { 4, 5.5, 6.5, 8 }), tensor(new[] { Math.Log(.5) }));

        var found = logits.exp().data<double>().ToArray();

        Assert.All(ByHand.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(1, found.Sum(), 1e-12);
    }

    private static readonly double[] ByHand =
        [0.04485748409732707, 0.3397685194808205, 0.3999470874431833, 0.19946017385054907, 0.015966735128120052];

    /// <summary>
    /// Log probabilities in single precision against the stated formula (differences of F) in double precision, for gates and
    /// brightnesses that leave most labels next to nothing. A difference of cumulative probabilities misses by up to 2e-5.
    /// </summary>
    [Fact]
    public void LatentOffsets_ImprobableLabels_KeepTheirDigitsInSinglePrecision()
    {
        using var scope = NewDisposeScope();
        var random = new Random(5);
        float[] gates = [.. Enumerable.Range(0, 4000).Select(_ => (float)(8 * random.NextDouble()))];
        float[] brightness = [.. Enumerable.Range(0, 1000).Select(_ => (float)random.Next(199_921))];
        float[] offsets = [-4, -1, 2, 6], cuts = [3, 6, 8, 10];

        var found = BrightnessHeads.LatentOffsets(
            tensor(gates, [1000, 4]), tensor(brightness), tensor(offsets), tensor(cuts), tensor(new[] { 0f }));

        Assert.All(brightness.Zip(gates.Chunk(4)).Select((image, i) => (image, i)), at =>
        {
            var weights = Array.ConvertAll(at.image.Second, gate => Math.Exp(gate));
            for (var label = 0; label < 5; label++)
            {
                var shares = offsets.Zip(weights, (offset, weight) => weight * (Below(label, offset) - Below(label - 1, offset)));
                var probability = shares.Sum() / weights.Sum();
                Assert.Equal(Math.Log((.99 * probability) + .002), found[at.i, label].item<float>(), 4e-6);
            }

            double Below(int cut, double offset) =>
                cut < 0 ? 0 : cut == 4 ? 1 : 1 / (1 + Math.Exp((at.image.First / 10_000) + offset - cuts[cut]));
        });
    }

    /// <summary>Every gradient of the likelihood against central differences, in double precision.</summary>
    [Fact]
    public void LatentOffsets_Gradients_AgreeWithCentralDifferences()
    {
        const double Step = 1e-5;
        using var scope = NewDisposeScope();
        var random = new Random(4);
        double[] Values(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * ((2 * random.NextDouble()) - 1))];
        double[][] start = [Values(12, 1), Values(3, 4), [3, 5, 7, 9], [Math.Log(.7)]];
        var brightness = tensor(new[] { 20_000.0, 55_000, 71_234, 99_999 });
        var labels = tensor(new long[] { 0, 1, 3, 4 });
        Tensor Loss(IReadOnlyList<Tensor> at) =>
            nn.functional.cross_entropy(BrightnessHeads.LatentOffsets(at[0].view(4, 3), brightness, at[1], at[2], at[3]), labels);

        var leaves = start.Select(values => tensor(values).requires_grad_()).ToArray();
        var gradients = autograd.grad([Loss(leaves)], leaves).Select(gradient => gradient.data<double>().ToArray()).ToArray();

        for (var which = 0; which < start.Length; which++)
        {
            for (var i = 0; i < start[which].Length; i++)
            {
                double At(double offset) => Loss([.. start.Select((values, w) =>
                    tensor([.. values.Select((value, j) => w == which && j == i ? value + offset : value)]))]).item<double>();
                Assert.Equal((At(Step) - At(-Step)) / (2 * Step), gradients[which][i], 1e-7);
            }
        }
    }

    /// <summary>A garment that is certain has the label of the rule, on both sides of every cut.</summary>
    [Fact]
    public void GarmentRule_CertainGarment_GivesTheLabelOfTheRuleAtEveryCut()
    {
        using var scope = NewDisposeScope();
        for (byte garment = 0; garment < 10; garment++)
        {
            int[] brightness = [.. FiveLabelRule.Cuts.Select(cut => cut - FiveLabelRule.Offsets[garment])
                .SelectMany(edge => new[] { edge, edge + 1 }).Where(sum => sum is >= 0 and <= 784 * 255)];
            var gates = full(brightness.Length, 10, -1000f);
            gates[TensorIndex.Colon, garment] = 0;

            var logits = BrightnessHeads.GarmentRule(gates, tensor(Array.ConvertAll(brightness, sum => (float)sum)));

            Assert.Equal(brightness.Select(sum => (long)FiveLabelRule.Label(sum, garment)), logits.argmax(1).data<long>().ToArray());
        }
    }

    /// <summary>Sandal (offset 40562) and trouser (-28356) at brightness 50,000: 90562 is above three cuts, 21644 above none.</summary>
    [Fact]
    public void GarmentRule_TwoGarments_SharesTheProbabilityBetweenTheirLabels()
    {
        using var scope = NewDisposeScope();
        var gates = full(1, 10, -1000f);
        gates[0, 1] = 0;
        gates[0, 5] = (float)Math.Log(3);

        var found = BrightnessHeads.GarmentRule(gates, tensor(new[] { 50_000f })).exp().data<float>().ToArray();

        double[] expected = [(.999 * .25) + .0002, .0002, .0002, (.999 * .75) + .0002, .0002];
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
