using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>The optimizer of a phase: Adam, and Muon for the hidden kernels if the phase says so.</summary>
internal sealed class PhaseOptimizer : IDisposable
{
    private readonly KerasAdam _adam;
    private readonly MuonSteps? _muon;
    private readonly Tensor[] _trained;

    private PhaseOptimizer(KerasAdam adam, MuonSteps? muon)
    {
        (_adam, _muon) = (adam, muon);
        _trained = [.. adam.State.Select(moment => moment.Weight), .. muon?.Moments.Select(moment => moment.Weight) ?? []];
    }

    /// <summary>Learning rate of the next step, before each weight's factor.</summary>
    public double LearningRate
    {
        get => _adam.LearningRate;
        set => _adam.LearningRate = value;
    }

    /// <summary>Steps taken.</summary>
    public long Steps => _adam.Steps;

    /// <summary>Everything that it knows besides the weights and <see cref="Steps"/>, under the names in a checkpoint.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        _adam.State.SelectMany(moment => moment.Tensors)
            .Concat(_muon?.Moments.Select(moment => KeyValuePair.Create(moment.StoredName, moment.Momentum)) ?? []);

    /// <summary>A fresh optimizer of the weights that a phase trains.</summary>
    /// <param name="weightOf">The tensor of a weight, by its name.</param>
    public static PhaseOptimizer Of(TrainingPhase phase, ModelPlan plan, Adam constants, Func<string, Tensor> weightOf)
    {
        var trainable = TrainableWeights.Of(plan, phase.Trainable);
        var byMuon = trainable.Where(weight => phase.Muon is not null && Muon.Trains(plan, weight)).ToList();
        var factors = trainable.ToDictionary(weight => weight.Name, phase.RateFactorOf);
        var adam = new KerasAdam(
            trainable.Except(byMuon).Select(weight => KeyValuePair.Create(weight.Name, weightOf(weight.Name))),
            phase.LearningRate, phase.WeightDecay, name => factors[name], constants);
        var muon = phase.Muon is null ? null : new MuonSteps(
            phase.Muon, phase.WeightDecay, byMuon.Select(weight => (weight.Name, weightOf(weight.Name), factors[weight.Name])));
        return new PhaseOptimizer(adam, muon);
    }

    /// <summary>Restores the state of a checkpoint.</summary>
    /// <param name="stored">Returns the checkpoint's tensor of a name and shape.</param>
    public void Restore(long steps, Func<string, long[], WeightTensor> stored)
    {
        _adam.Steps = steps;
        foreach (var (name, moment) in State)
        {
            var found = stored(name, moment.shape);
            using var values = TensorFactory.From(found.Values, found.Shape, moment.device);
            moment.copy_(values);
        }
    }

    /// <summary>Takes one step against the gradient of <paramref name="loss"/>.</summary>
    public void Step(Tensor loss)
    {
        var gradients = autograd.grad([loss], _trained);
        var ofAdam = _adam.State.Count;
        _adam.Step([.. gradients.Take(ofAdam)]);
        _muon?.Step(LearningRate, gradients.Skip(ofAdam));
    }

    public void Dispose()
    {
        _adam.Dispose();
        _muon?.Dispose();
    }
}
