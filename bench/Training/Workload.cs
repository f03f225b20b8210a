using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.TrainingBenchmarks;

/// <summary>
/// One epoch of a network on made-up images, and the prediction of a quarter as many validation images. Every contender does the same
/// arithmetic: the augmentation, the search for offsets and the choice of images are left out.
/// </summary>
/// <param name="Name">The model, with the phase where it has several.</param>
internal sealed record Workload(string Name, ModelSpec Spec, TrainingPhase Phase, int Images, int Threads)
{
    private const int Classes = 5;

    /// <summary>What all contenders draw images and labels with.</summary>
    private const int DataSeed = 20;

    private static readonly (string Name, ModelSpec Spec, int Phase, int Images)[] All =
    [
        ("model1", StudyModels.Model1, 0, 24_000),
        ("model3", StudyModels.Model3, 0, 12_000),
        ("model4", StudyModels.Model4, 0, 4_096),
        ("strong", ModelCatalogue.Get("strong"), 0, 4_096),
        ("resnet50-head", StudyModels.ResNet50, 0, 512),
        ("resnet50-blocks", StudyModels.ResNet50, 1, 512),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(workload => workload.Name)];

    public int ValidationImages => Images / 4;

    public ModelPlan Plan => ModelPlan.Of(Spec, ClassLabels.Five);

    /// <summary>
    /// Floating-point operations of the epoch: two a multiply-accumulate, and a training image takes the forward pass three times, since
    /// the backward pass computes the gradients of the inputs and of the weights. A frozen base needs less; it is counted in full.
    /// </summary>
    public double Operations
    {
        get
        {
            var forward = 2.0 * Plan.Layers.Sum(layer => layer.MultiplyAccumulates);
            return forward * ((3.0 * Images) + ValidationImages);
        }
    }

    /// <param name="images">Training images; 0 for as many as the workload says.</param>
    /// <exception cref="InvalidInputException">There is no such workload.</exception>
    public static Workload Of(string name, int images, int threads)
    {
        var (_, spec, phase, count) = All.FirstOrDefault(workload => workload.Name == name) is { Name: not null } found
            ? found
            : throw new InvalidInputException($"models: '{name}' is not one of {string.Join(", ", Names)}.");
        var plain = spec.Phases[phase] with { Epochs = 1000, Augmentation = null, DataPruning = null, Muon = null };
        return new Workload(
            name, spec with { Head = new SoftmaxHead(), AveragesMirrorImage = false, Phases = [plain] }, plain,
            images > 0 ? images : count, threads);
    }

    /// <summary>Noise with labels from 0 to 4: speed does not depend on what is in the images.</summary>
    public static LabelledImages Draw(int count)
    {
        var random = new Random(DataSeed);
        var images = new LabelledImages(
            new byte[count * FashionMnist.PixelsPerImage], new byte[count], new byte[count], [.. Enumerable.Range(0, count)]);
        random.NextBytes(images.Pixels);
        for (var i = 0; i < count; i++)
        {
            images.Labels[i] = (byte)random.Next(Classes);
        }

        return images;
    }
}
