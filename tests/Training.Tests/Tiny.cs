using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Training.Tests;

/// <summary>Small networks and small synthetic sets that train within a second.</summary>
internal static class Tiny
{
    /// <summary>Every kind of layer of Model 4, in two phases.</summary>
    public static ModelSpec Spec { get; } = new(
        "tiny", "Tiny", "A small Model 4.", InputTransform.Grey28,
        [
            new Conv2D(16, 3, Padding.Same), new BatchNormalization(), new MaxPool2D(2), new Dropout(.2),
            new Conv2D(16, 3, Padding.Valid), new MaxPool2D(2), new Flatten(),
            new Dense(16), new BatchNormalization(), new Dropout(.3),
        ],
        BatchSize: 16, [new("first", 2, 1e-3, TrainableLayers.All), new("second", 2, 1e-4, TrainableLayers.All)]);

    /// <summary>Depthwise convolution, average pooling, and blocks with both kinds of shortcut.</summary>
    public static ModelSpec Blocks { get; } = new(
        "tiny-blocks", "Tiny blocks", "A small residual network.", InputTransform.Grey28,
        [
            new Conv2D(16, 3, Padding.Same),
            new ResidualBlock(
            [
                new DepthwiseConv2D(3, Padding.Same), new BatchNormalization { Momentum = .9 },
                new Conv2D(16, 1, Padding.Valid, Activation.Linear),
            ]),
            new AveragePooling2D(2),
            new ResidualBlock(
            [
                new Conv2D(32, 3, Padding.Same) { Stride = 2 }, new Dropout(.3), new Conv2D(32, 3, Padding.Same, Activation.Linear),
            ]),
            new DepthwiseConv2D(3, Padding.Valid, Activation.Linear) { Stride = 2 },
            new GlobalAveragePooling2D(),
        ],
        BatchSize: 16, [new("all", 3, 1e-3, TrainableLayers.All)]);

    /// <summary>The same network with other convolutions.</summary>
    public static ModelSpec WithChannels(int channels) => Spec with
    {
        Layers = [.. Spec.Layers.Select(layer => layer is Conv2D conv ? conv with { Filters = channels } : layer)],
    };

    /// <summary>The same network with the head, the augmentation and the schedule of the strong small network.</summary>
    public static ModelSpec LatentOffsets { get; } = Spec with
    {
        Name = "tiny-offsets",
        Phases = [.. Spec.Phases.Select(phase => phase with
        {
            Schedule = LearningRateSchedule.OneCycle,
            WeightDecay = .05,
            Augmentation = new Augmentation { Flip = Flip.Alternating, ShiftPixels = 1, RotationDegrees = 8 },
        })],
        Head = new LatentOffsetHead(Components: 4, SearchSteps: 12),
        AveragesMirrorImage = true,
    };

    /// <summary>The same network dense, pruned in two steps and fine-tuned.</summary>
    public static ModelSpec Pruned { get; } = Spec with
    {
        Name = "tiny-pruned",
        Phases =
        [
            new("dense", 1, 1e-3, TrainableLayers.All),
            new("pruning", 2, 1e-3, TrainableLayers.All) { Pruning = new(0, .9) },
            new("fine-tuning", 2, 1e-3, TrainableLayers.All) { Pruning = new(.9, .9) },
        ],
    };

    /// <summary>The same network after training with twice the channels.</summary>
    public static ModelSpec Slim { get; } = Spec with
    {
        Name = "tiny-slim",
        WideLayers = [.. Spec.Layers.Select(Doubled)],
        Phases =
        [
            new("whole", 2, 1e-3, TrainableLayers.All) { Wide = true },
            new("fine-tuning", 3, 1e-3, TrainableLayers.All) { Schedule = new LearningRateSchedule(0, 1, 0) },
        ],
    };

    private static Layer Doubled(Layer layer) => layer switch
    {
        Conv2D conv => conv with { Filters = 2 * conv.Filters },
        Dense dense => dense with { Units = 2 * dense.Units },
        _ => layer,
    };

    /// <summary>The study's recipe for ResNet50, one epoch a phase.</summary>
    public static ModelSpec ResNet { get; } = StudyModels.ResNet50 with
    {
        BatchSize = 4,
        Phases = [.. StudyModels.ResNet50.Phases.Select(phase => phase with { Epochs = 1 })],
    };

    /// <summary>Fine-tuning as it goes beyond the study, one epoch a phase.</summary>
    public static ModelSpec FineTuned { get; } = FineTunedModels.ResNet50 with
    {
        BatchSize = 4,
        Phases = [.. FineTunedModels.ResNet50.Phases.Select(phase => phase with { Epochs = 1 })],
    };

    /// <summary>The recipe of ResNet18 in three epochs: the head, then two of everything.</summary>
    public static ModelSpec FineTunedResNet18 { get; } = TransferModels.FineTuned with
    {
        BatchSize = 4,
        Phases = [.. TransferModels.FineTuned.Phases.Zip([1, 2], (phase, epochs) => phase with { Epochs = epochs })],
    };

    public static TrainingRequest Request(ModelSpec spec, int train = 50, int seed = 7, int threads = 1, TimeProvider? time = null) => new(
        spec,
        new ModelConfiguration { Name = spec.Name, BatchSize = spec.BatchSize, Phases = spec.Phases },
        ClassLabels.Five,
        new TrainingData(Images(train, 1), Images(20, 2), Images(30, 3), "sha-of-tiny"),
        seed,
        threads,
        ImageNet: null,
        WeightsNote: "Glorot uniform",
        RunConfigurationJson: """{"preset":"tiny"}""",
        Time: time);

    /// <summary>Images whose label is the row in which a bright bar lies, on a noisy ground: easy to learn.</summary>
    public static LabelledImages Images(int count, int seed)
    {
        var random = new Random(seed);
        var images = new LabelledImages(
            new byte[count * FashionMnist.PixelsPerImage], new byte[count], new byte[count], [.. Enumerable.Range(0, count)]);
        random.NextBytes(images.Pixels);
        for (var i = 0; i < count; i++)
        {
            var label = random.Next(5);
            images.Labels[i] = (byte)label;
            images.Garments[i] = (byte)(2 * label);
            var image = images.Pixels.AsSpan(i * FashionMnist.PixelsPerImage, FashionMnist.PixelsPerImage);
            for (var p = 0; p < image.Length; p++)
            {
                image[p] = (byte)(p / FashionMnist.Side / 5 == label ? 200 : image[p] / 5);
            }
        }

        return images;
    }
}
