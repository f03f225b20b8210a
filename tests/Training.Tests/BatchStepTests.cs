using ServerlessFashion.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

/// <summary>
/// A step on libtorch's device <c>meta</c>, whose tensors have shapes and no values. It stands for a GPU here: an operation that meets a
/// tensor of the CPU as well fails on both. libtorch has no convolution, selection by index, mirroring or resampling there; that those
/// make no tensors on the CPU is for <see cref="Devices.TensorFactoryTests"/> to see.
/// </summary>
public sealed class BatchStepTests
{
    private const int Images = 8;
    private static readonly Device Meta = new(DeviceType.META);

    private static readonly Dictionary<string, ModelSpec> Specs = new()
    {
        ["softmax"] = Tiny.Spec with { Layers = [new MaxPool2D(2), new Flatten(), new Dense(16), new BatchNormalization(), new Dropout(.2)] },
        ["latent offsets"] = Tiny.Spec with { Layers = [new Flatten(), new Dense(16), new Dropout(.2)], Head = new LatentOffsetHead(4, SearchSteps: 0) },
        ["garment rule"] = Tiny.Spec with { Layers = [new Flatten(), new Dense(16), new Dropout(.2)], Head = new GarmentRuleHead() },
        ["padded input"] = Tiny.Spec with { Input = InputTransform.Rgb32, Layers = [new GlobalAveragePooling2D(), new Dense(16)] },
        ["enlarged input"] = Tiny.Spec with { Input = InputTransform.ImageNet64, Layers = [new GlobalAveragePooling2D(), new Dense(16)] },
    };

    public static TheoryData<string> Kinds => [.. Specs.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Compute_OffTheCpu_NeedsNothingFromTheCpu(string kind)
    {
        using var scope = NewDisposeScope();
        var spec = Specs[kind];
        var phase = spec.Phases[^1];
        var plan = spec.PlanOf(phase, classes: 5);
        using var network = Network.Create(plan, WeightInitialiser.Create(plan, seed: 1), "test", Meta);
        var trainable = TrainableWeights.Of(plan, phase.Trainable);
        network.Unfreeze(trainable);
        using var images = new ImageTensors(Tiny.Images(Images, seed: 1), plan.Input, Meta);
        using var masks = new DropoutMasks(plan, Images, seed: 1, Meta);
        using var optimizer = new KerasAdam(trainable.Select(weight => KeyValuePair.Create(weight.Name, network.Weight(weight.Name))), 1e-3, weightDecay: .1);
        using var known = KnownImages.Start(seed: 1, Images, Meta);
        masks.StartEpoch(1);
        masks.StartStep(0);
        var step = new BatchStep(network, plan.Head is GarmentRuleHead, images, masks, optimizer)
        {
            Augmenter = new Augmenter(new Augmentation { CutoutPixels = 8 }, seed: 1),
            KnownImages = known,
        };

        var score = step.Compute(images.Range(0, Images), [.. Enumerable.Range(0, Images)], [.. Enumerable.Repeat(1f, Images)], epoch: 1, step: 0);

        Assert.Equal(DeviceType.META, score.device_type);
        Assert.Equal([2L], score.shape);
        Assert.Equal([Images, 5L], network.PredictPlain(images.Range(0, Images)).shape);
    }

    /// <summary>That the test above can fail: the device refuses what mixes the two.</summary>
    [Fact]
    public void Meta_MeetsATensorOfTheCpu_Fails()
    {
        using var scope = NewDisposeScope();
        var (here, there) = (zeros(2, 3, device: CPU), zeros(2, 3, device: Meta));

        Assert.ThrowsAny<Exception>(() => here * there);
    }
}
