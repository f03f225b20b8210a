using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;

namespace ServerlessFashion.Training.Phases;

/// <summary>The phase that a training is in: its optimizer and its callbacks.</summary>
internal sealed class RunningPhase : IDisposable
{
    private RunningPhase(TrainingPhase phase, int index, IReadOnlyList<PhaseCallback> callbacks, PhaseOptimizer optimizer)
    {
        (Phase, Index, Callbacks, Optimizer) = (phase, index, callbacks, optimizer);
    }

    public TrainingPhase Phase { get; }

    /// <summary>Its index in the configuration.</summary>
    public int Index { get; }

    public IReadOnlyList<PhaseCallback> Callbacks { get; }

    public PhaseOptimizer Optimizer { get; }

    /// <summary>Begins a phase with a fresh optimizer.</summary>
    public static RunningPhase Begin(TrainingRequest request, int index, TrainedNetwork model, ImageTensors images)
    {
        var callbacks = PhaseCallbacks.Of(request, index, images);
        foreach (var callback in callbacks)
        {
            callback.Begin(model);
        }

        return Open(request, index, model, callbacks);
    }

    /// <summary>Goes on with a phase from a checkpoint.</summary>
    /// <param name="steps">Steps that the optimizer has taken in the phase.</param>
    /// <param name="stored">The checkpoint's tensor of a name and shape.</param>
    public static RunningPhase Resume(
        TrainingRequest request, int index, TrainedNetwork model, ImageTensors images, long steps,
        Func<string, long[], WeightTensor> stored)
    {
        var phase = Open(request, index, model, PhaseCallbacks.Of(request, index, images));
        phase.Optimizer.Restore(steps, stored);
        foreach (var callback in phase.Callbacks)
        {
            callback.Restore(stored);
        }

        return phase;
    }

    /// <summary>What a checkpoint keeps of the phase.</summary>
    public IEnumerable<TensorSource> State() =>
        Optimizer.State.Select(moment => TensorFactory.ToSource(moment.Key, moment.Value))
            .Concat(Callbacks.SelectMany(callback => callback.State()));

    public void Dispose()
    {
        Optimizer.Dispose();
        foreach (var callback in Callbacks)
        {
            callback.Dispose();
        }
    }

    private static RunningPhase Open(TrainingRequest request, int index, TrainedNetwork model, IReadOnlyList<PhaseCallback> callbacks)
    {
        foreach (var callback in callbacks)
        {
            callback.Open(model);
        }

        var phase = request.Configuration.Phases[index];
        var optimizer = PhaseOptimizer.Of(phase, model.Plan, request.Spec.Optimizer, model.Network.Weight);
        return new RunningPhase(phase, index, callbacks, optimizer);
    }
}
