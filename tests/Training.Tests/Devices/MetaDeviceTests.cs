using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Phases;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Devices;

/// <summary>
/// The parts of a step on libtorch's device <c>meta</c>, whose tensors have shapes and no values. It stands for a GPU here: an operation
/// that meets a tensor of the CPU as well fails on both. libtorch has no convolutions, BatchNorms, selection by index or resampling
/// there; that those make no tensors on the CPU is for <see cref="TensorFactoryTests"/> to see.
/// </summary>
public sealed class MetaDeviceTests
{
    private const int Images = 8;
    private static readonly Device Meta = new(DeviceType.META);

    private static readonly Dictionary<string, ModelSpec> Specs = new()
    {
        ["softmax"] = Tiny.Spec with { Layers = [new MaxPool2D(2), new Flatten(), new Dense(16), new Dropout(.2)] },
        ["latent offsets"] = Tiny.Spec with
        {
            Layers = [new Flatten(), new Dense(16), new Dropout(.2)],
            Head = new LatentOffsetHead(4, SearchSteps: 0),
        },
        ["garment rule"] = Tiny.Spec with { Layers = [new Flatten(), new Dense(16), new Dropout(.2)], Head = new GarmentRuleHead() },
        ["padded input"] = Tiny.Spec with { Input = InputTransform.Rgb32, Layers = [new GlobalAveragePooling2D(), new Dense(16)] },
        ["enlarged input"] = Tiny.Spec with { Input = InputTransform.ImageNet64, Layers = [new GlobalAveragePooling2D(), new Dense(16)] },
    };

    public static TheoryData<string> Kinds => [.. Specs.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void LabelLogits_OffTheCpu_NeedNothingFromIt(string kind)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var plan = ModelPlan.Of(Specs[kind], ClassLabels.Five);
        using var network = Network.Create(plan, WeightInitialiser.Create(plan, seed: 1), "test", Meta);
        using var images = new ImageTensors(Tiny.Images(Images, seed: 1), plan.Input, Meta);
        using var masks = new DropoutMasks(plan, Images, seed: 1, Meta);
        masks.StartEpoch(1);
        masks.StartStep(0);
        var batch = images.Range(0, Images);

        var logits = network.LabelLogits(network.Outputs(batch.Images, masks), batch.Brightness);

        Assert.Equal(DeviceType.META, logits.device_type);
        Assert.Equal([Images, 5L], logits.shape);
    }

    [Fact]
    public void Augmenter_OffTheCpu_NeedsNothingFromIt()
    {
        using var scope = NewDisposeScope();
        var images = zeros(Images, 1, 28, 28, device: Meta);

        var cut = new Augmenter(new Augmentation { CutoutPixels = 8 }, seed: 1).Change(images, [0, 1, 2, 3, 4, 5, 6, 7], epoch: 1, step: 0);

        Assert.Equal(DeviceType.META, cut.device_type);
    }

    [Fact]
    public void KnownImages_OffTheCpu_NeedNothingFromIt()
    {
        using var scope = NewDisposeScope();
        using var known = KnownImages.Start(seed: 1, Images, Meta);

        known.Record([3, 1], zeros(2, device: Meta));
    }

    /// <summary>Shows that the tests above can fail.</summary>
    [Fact]
    public void Meta_MeetsATensorOfTheCpu_Fails()
    {
        using var scope = NewDisposeScope();
        var (here, there) = (zeros(2, 3, device: CPU), zeros(2, 3, device: Meta));

        Assert.ThrowsAny<Exception>(() => here * there);
    }
}
