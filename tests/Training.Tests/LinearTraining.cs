using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Phases;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

/// <summary>
/// One phase of a network with a single linear layer whose weights start at zero. Its five logits are equal, so every loss is ln 5
/// and the first label is predicted; gradients can be worked by hand.
/// </summary>
internal sealed class LinearTraining : IDisposable
{
    public const string Kernel = "classifier.weight";
    public const string Bias = "classifier.bias";

    /// <param name="labels">One black image for each label.</param>
    public LinearTraining(byte[] labels, TrainingPhase phase, int batchSize = 16)
    {
        var spec = Tiny.Spec with { Layers = [new Flatten()], BatchSize = batchSize, Phases = [phase] };
        var set = Black(labels);
        var request = Tiny.Request(spec);
        Request = request with { Data = request.Data with { Train = set } };
        Images = new ImageTensors(set, InputTransform.Grey28, CPU);
        var plan = ModelPlan.Of(spec, ClassLabels.Five);
        Model = new TrainedNetwork(
            plan, Network.Create(plan, Zeros(plan), "test", CPU), made => new DropoutMasks(made, labels.Length, seed: 1, CPU));
        Phase = RunningPhase.Begin(Request, 0, Model, Images);
    }

    public TrainingRequest Request { get; }

    public ImageTensors Images { get; }

    public TrainedNetwork Model { get; }

    public RunningPhase Phase { get; }

    /// <summary>Black images, whose garments are their labels.</summary>
    public static LabelledImages Black(params byte[] labels) =>
        new(new byte[labels.Length * FashionMnist.PixelsPerImage], labels, labels, [.. Enumerable.Range(0, labels.Length)]);

    public static IEnumerable<KeyValuePair<string, WeightTensor>> Zeros(ModelPlan plan) =>
        plan.Weights.Select(weight => KeyValuePair.Create(weight.Name, new WeightTensor(weight.Shape, new float[weight.Count])));

    /// <summary>A phase with a constant learning rate.</summary>
    public static TrainingPhase PhaseOf(double learningRate, int epochs = 4) => new("phase", epochs, learningRate, TrainableLayers.All);

    public float[] Read(string weight) => Model.Network.Weight(weight).detach().data<float>().ToArray();

    public void Dispose()
    {
        Phase.Dispose();
        Model.Dispose();
        Images.Dispose();
    }
}
