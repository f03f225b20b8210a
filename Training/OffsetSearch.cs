using ServerlessFashion.Data;
using ServerlessFashion.Models;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ServerlessFashion.Training;

/// <summary>
/// Finds the constants of a <see cref="LatentOffsetHead"/> (offsets, cuts, scale) from training images and their five labels alone,
/// before the real training. A small dense network learns gates and constants together by maximum likelihood, which takes seconds
/// per epoch. The first round starts with components spread over the whole range, and removes idle ones. Two more rounds start with
/// fresh gates, and split every remaining component in two, so a component that covers two nearby offsets can separate. Halves that
/// stay together are merged. The result is a function of the training set, the seed and the thread count.
/// </summary>
/// <remarks>
/// Only sums of offset and cut matter, so the search finds both up to a common shift. The idea is split-and-merge EM (Ueda, Nakano,
/// Ghahramani and Hinton 2000) with gradient steps in place of EM's.
/// </remarks>
internal static class OffsetSearch
{
    private const int SpreadComponents = 16;

    private const int BatchSize = 250;
    private const double LearningRate = 3e-3;
    private const double StartScale = .5;

    /// <summary>Scale at the start of the later rounds, which start with nearly correct constants.</summary>
    private const double SplitScale = .1;

    /// <summary>Initial distance of the two halves of a component from its offset.</summary>
    private const double SplitDistance = .1;

    /// <summary>Components closer together than this are merged.</summary>
    private const double MergeDistance = .03;

    /// <summary>Components with a smaller share of the images are idle.</summary>
    private const double IdleShare = .01;

    /// <summary>
    /// In the first round the constants are far from their final values, so it hides the brightness. Gates that see the brightness
    /// could use one component for dark images and another for bright images of the same kind, and then a cut could lie anywhere.
    /// Later rounds start with nearly correct constants and use the whole image.
    /// </summary>
    private static readonly Round[] Rounds = [new(ConstantsPace: 3, HidesBrightness: true), new(1, false), new(1, false)];

    /// <param name="ConstantsPace">Learning rate of the constants as a multiple of the gates'.</param>
    /// <param name="HidesBrightness">True if the gates see images of equal mean and contrast.</param>
    private sealed record Round(double ConstantsPace, bool HidesBrightness);

    private sealed record Component(double Offset, double Share);

    /// <summary>Runs the search.</summary>
    /// <param name="cancellation">Read between batches.</param>
    public static OffsetConstants Run(
        LatentOffsetHead head, ImageTensors images, LabelledImages set, int seed, CancellationToken cancellation)
    {
        var constants = new OffsetConstants(LatentOffsets.Spread(SpreadComponents), StartCuts(set, seed), (float)Math.Log(StartScale));
        IReadOnlyList<Component> components = [];
        foreach (var (index, round) in Rounds.Index())
        {
            constants = index == 0 ? constants : constants with { Offsets = Split(components), LogScale = (float)Math.Log(SplitScale) };
            (constants, components) = RunRound(
                constants, images, head.SearchSteps, round, new KeyedRandom(seed, RandomPurpose.OffsetSearch, index + 1), cancellation);
        }

        return constants with { Offsets = Fill(components, head.Components) };
    }

    /// <summary>Cuts that give the labels their shares if the offsets are spread evenly.</summary>
    private static float[] StartCuts(LabelledImages set, int seed)
    {
        var random = new KeyedRandom(seed, RandomPurpose.OffsetSearch);
        const double Lowest = LatentOffsets.LowestOffset;
        const double Range = LatentOffsets.HighestOffset - LatentOffsets.LowestOffset;
        var shifted = Array.ConvertAll(
            set.Brightness(), brightness => (brightness / LatentOffsets.Unit) + Lowest + (Range * random.NextUnit()));
        Array.Sort(shifted);
        return [.. Enumerable.Range(0, LatentOffsets.Cuts)
            .Select(cut => (float)shifted[Math.Min(shifted.Length - 1, set.Labels.Count(label => label <= cut))])];
    }

    private static (OffsetConstants Constants, IReadOnlyList<Component> Components) RunRound(
        OffsetConstants start, ImageTensors images, int steps, Round round, KeyedRandom random, CancellationToken cancellation)
    {
        var plan = ModelPlan.Of(Gates(start.Offsets.Length), ClassLabels.Five);
        var roundSeed = (int)random.NextBelow(int.MaxValue);
        using var network = Network.Create(plan, WeightInitialiser.Create(plan, roundSeed), "offset search", images.Device);
        start.Write(network, plan);
        using var masks = new DropoutMasks(plan, Math.Min(BatchSize, images.Count), roundSeed, images.Device);
        Train(plan, network, masks, images, steps, roundSeed, round, cancellation);

        var found = OffsetConstants.Read(network, plan);
        return (found, Survivors(found.Offsets, Shares(network, images, round, cancellation)));
    }

    private static void Train(
        ModelPlan plan, Network network, DropoutMasks masks, ImageTensors images, int steps, int seed, Round round,
        CancellationToken cancellation)
    {
        var gates = TrainableWeights.Of(plan, TrainableLayers.All).Select(Named).ToArray();
        var constants = plan.HeadLayer!.Weights.Select(Named).ToArray();
        network.Unfreeze(plan.Weights.Where(weight => weight.TakesGradient || weight.Role == WeightRole.Constant).ToArray());
        using var gateSteps = new KerasAdam(gates, LearningRate);
        using var constantSteps = new KerasAdam(constants, LearningRate * round.ConstantsPace);
        var batch = Math.Min(BatchSize, images.Count);
        var batchesPerEpoch = images.Count / batch;
        long[] order = [];
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (epoch, position) = Math.DivRem(step, batchesPerEpoch);
            if (position == 0)
            {
                order = new KeyedRandom(seed, RandomPurpose.Shuffle, epoch).NextPermutation(images.Count);
                masks.StartEpoch(epoch);
            }

            masks.StartStep(position);
            var factor = LearningRateSchedule.OneCycle.Factor((double)step / steps);
            gateSteps.LearningRate = LearningRate * factor;
            constantSteps.LearningRate = LearningRate * round.ConstantsPace * factor;

            using var scope = NewDisposeScope();
            var some = images.Gather(order.AsSpan(position * batch, batch));
            var loss = F.cross_entropy(network.LabelLogits(network.Outputs(Seen(some.Images, round), masks), some.Brightness), some.Labels);
            Tensor[] gradients = [.. autograd.grad([loss], [.. gates.Concat(constants).Select(weight => weight.Value)])];
            gateSteps.Step(gradients[..gates.Length]);
            constantSteps.Step(gradients[gates.Length..]);
        }

        KeyValuePair<string, Tensor> Named(WeightDeclaration weight) => KeyValuePair.Create(weight.Name, network.Weight(weight.Name));
    }

    /// <summary>The input of the gates: the images, or each image with mean 0 and standard deviation 1.</summary>
    private static Tensor Seen(Tensor images, Round round)
    {
        if (!round.HidesBrightness)
        {
            return images;
        }

        var centred = images - images.mean([1, 2, 3], keepdim: true);
        return centred / (centred.square().mean([1, 2, 3], keepdim: true).sqrt() + 1e-3);
    }

    /// <summary>Mean gate of each component over the images.</summary>
    private static double[] Shares(Network network, ImageTensors images, Round round, CancellationToken cancellation)
    {
        double[] sums = [];
        for (var start = 0; start < images.Count; start += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var noGradient = inference_mode();
            var some = images.Range(start, Math.Min(BatchSize, images.Count - start));
            var sum = network.Outputs(Seen(some.Images, round), masks: null).softmax(1).sum([0L]).data<float>().ToArray();
            sums = sums.Length == 0 ? Array.ConvertAll(sum, value => (double)value) : [.. sums.Zip(sum, (total, value) => total + value)];
        }

        return Array.ConvertAll(sums, sum => sum / images.Count);
    }

    /// <summary>Components that are not idle, in the order of their offsets. Close components are merged at their mean.</summary>
    private static List<Component> Survivors(float[] offsets, double[] shares)
    {
        var survivors = new List<Component>();
        foreach (var (offset, share) in offsets.Zip(shares).Where(pair => pair.Second >= IdleShare).OrderBy(pair => pair.First))
        {
            if (survivors is [.., var last] && offset - last.Offset < MergeDistance)
            {
                var together = last.Share + share;
                survivors[^1] = new Component(((last.Offset * last.Share) + (offset * share)) / together, together);
            }
            else
            {
                survivors.Add(new Component(offset, share));
            }
        }

        return survivors;
    }

    private static float[] Split(IReadOnlyList<Component> components) =>
        [.. components.SelectMany(component =>
            new[] { (float)(component.Offset - SplitDistance), (float)(component.Offset + SplitDistance) })];

    /// <summary>
    /// The offsets of the largest components, in order. If there are too few, the largest ones are used twice: their images vary
    /// most, and two gates with the same offset do no harm.
    /// </summary>
    private static float[] Fill(IReadOnlyList<Component> components, int count)
    {
        var filled = components.OrderByDescending(component => component.Share).Take(count).ToList();
        while (filled.Count < count)
        {
            var largest = filled.MaxBy(component => component.Share)!;
            filled.Remove(largest);
            filled.AddRange([largest with { Share = largest.Share / 2 }, largest with { Share = largest.Share / 2 }]);
        }

        return [.. filled.Select(component => (float)component.Offset).Order()];
    }

    private static ModelSpec Gates(int components) => new(
        "offset-search", "Offset search", "Two dense layers.", InputTransform.Grey28,
        [
            new Flatten(), new Dense(256), new BatchNormalization(), new Dropout(.2),
            new Dense(128), new BatchNormalization(), new Dropout(.2),
        ],
        BatchSize, [])
    {
        Head = new LatentOffsetHead(components, SearchSteps: 0),
    };
}
