namespace ServerlessFashion.Models;

/// <summary>Models beyond the study: a small network that uses the form of the label rule.</summary>
internal static class StrongModels
{
    private const double LearningRate = 4e-3;
    private const double WeightDecay = .05;

    /// <summary>Steps of one round of the offset search: eight epochs of 48,000 images.</summary>
    private const int SearchSteps = 1500;

    /// <summary>The labels have eight different offsets. Two spare components do no harm.</summary>
    private const int Components = 10;

    private static readonly Augmentation FlipsAndShifts = new() { Flip = Flip.Alternating, ShiftPixels = 1 };

    /// <summary>At a high learning rate, statistics from a hundred steps ago no longer fit the network.</summary>
    private static readonly BatchNormalization Norm = new() { Momentum = .9 };

    /// <summary>Five labels only.</summary>
    public static ModelSpec Strong { get; } = Small(
        "strong", "Strong small network", "Six convolutions and a head that finds the brightness offsets behind the five labels by itself.",
        new LatentOffsetHead(Components, SearchSteps));

    /// <summary>The same network with the ten garments and the label rule given.</summary>
    public static ModelSpec StrongGarments { get; } = Small(
        "strong-garments", "Strong small network on garments", "Six convolutions that learn the ten garments; the five labels follow by "
            + "their rule.",
        new GarmentRuleHead());

    /// <summary>
    /// The same network for images other than those of Fashion-MNIST. No rule gives their labels, and a mirror image of a letter or a digit
    /// may belong to no class, so nothing is mirrored.
    /// </summary>
    public static ModelSpec StrongOnOtherImages { get; } = Strong with
    {
        Description = "Six convolutions with batch normalisation.",
        Head = new SoftmaxHead(),
        AveragesMirrorImage = false,
        Phases = [.. Strong.Phases.Select(phase => phase with { Augmentation = new Augmentation { ShiftPixels = 1 } })],
    };

    /// <summary>The models of this file, in the order in which lists show them.</summary>
    public static IReadOnlyList<ModelSpec> All { get; } = [Strong, StrongGarments];

    private static ModelSpec Small(string name, string title, string description, Head head) => new(
        name, title, description, InputTransform.Grey28,
        [
            new Conv2D(64, 3, Padding.Same) { Stride = 2 }, Norm,
            new Conv2D(64, 3, Padding.Same), Norm,
            new Conv2D(64, 3, Padding.Same), Norm, new MaxPool2D(2),
            new Conv2D(128, 3, Padding.Same), Norm,
            new Conv2D(128, 3, Padding.Same), Norm,
            new Conv2D(128, 3, Padding.Same), Norm,
            new GlobalAveragePooling2D(),
        ],
        BatchSize: 256,
        [
            new("all", 20, LearningRate, TrainableLayers.All)
            {
                Schedule = LearningRateSchedule.OneCycle,
                WeightDecay = WeightDecay,
                Muon = new Muon(),
                Augmentation = FlipsAndShifts,
            },
        ])
    {
        Head = head,
        AveragesMirrorImage = true,
    };
}
