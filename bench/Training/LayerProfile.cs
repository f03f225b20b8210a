using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Models;
using ServerlessFashion.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.TrainingBenchmarks;

/// <summary>Where the time of a step goes: the forward and the backward pass of each group of layers, and the rest of a step.</summary>
internal static class LayerProfile
{
    /// <summary>Each pass is timed this often; the table has the medians.</summary>
    private const int Repeats = 15;

    private const double Million = 1e6;

    public static void Print(Workload workload)
    {
        set_num_threads(workload.Threads);
        var ceiling = Contenders.CeilingOperations / Median(Repeats, Contenders.Multiply());
        var batch = workload.Spec.BatchSize;
        var plan = workload.Plan;
        using var network = Network.Create(plan, WeightInitialiser.Create(plan, seed: 1), "start weights", CPU);
        network.Unfreeze(TrainableWeights.Of(plan, workload.Phase.Trainable));
        using var masks = new DropoutMasks(plan, batch, seed: 1, CPU);
        masks.StartEpoch(1);
        masks.StartStep(0);
        using var images = new ImageTensors(Workload.Draw(batch), plan.Input, CPU);
        using var scope = NewDisposeScope();
        var features = images.Range(0, batch).Images;

        Console.WriteLine($"{workload.Name}, batch {batch}, {workload.Threads} threads, medians of {Repeats}");
        Console.WriteLine();
        Console.WriteLine("| layers | forward, ms | backward, ms | share of the ceiling |");
        Console.WriteLine("|---|---|---|---|");
        var (sum, needsGradient) = (0.0, false);
        foreach (var fused in FusedLayers.Of(plan.Body))
        {
            var passes = Measure(network, masks, fused, features.detach().requires_grad_(needsGradient));
            var operations = 2.0 * 3 * batch * fused.Layers.Sum(layer => layer.MultiplyAccumulates);
            var seconds = passes.Forward + passes.Backward;
            sum += seconds;
            Console.WriteLine(
                $"| {string.Join(" + ", fused.Layers.Select(layer => layer.Name))} | {Milliseconds(passes.Forward)} "
                + $"| {Milliseconds(passes.Backward)} | {(operations > Million ? Percent(operations / seconds / ceiling) : "–")} |");
            features = passes.Output;
            needsGradient |= Trained(network, fused).Count > 0;
        }

        using var session = Contenders.OpenSession(workload);
        var epoch = Median(3, () => session.RunEpoch(null, CancellationToken.None));
        var steps = Math.Ceiling((double)workload.Images / batch);
        using var validationImages = new ImageTensors(Workload.Draw(workload.ValidationImages), plan.Input, CPU);
        var validation = Median(
            3, () => Inference.PlainLogits(network, validationImages, plan.Classes, CancellationToken.None));
        Console.WriteLine(
            $"| images, loss, optimizer and the rest of a step | {Milliseconds(((epoch - validation) / steps) - sum)} | | |");
        Console.WriteLine($"| validation, for one step | {Milliseconds(validation / steps)} | | |");
        Console.WriteLine($"| a step in all | {Milliseconds(epoch / steps)} | | {Percent(workload.Operations / epoch / ceiling)} |");
        Console.WriteLine();
    }

    private static (double Forward, double Backward, Tensor Output) Measure(
        Network network, DropoutMasks masks, FusedLayers fused, Tensor input)
    {
        var pass = new ForwardPass(network.Weight, masks);
        var trained = Trained(network, fused);
        List<Tensor> leaves = input.requires_grad ? [input, .. trained] : trained;
        var (forward, backward) = (new List<double>(), new List<double>());
        for (var i = 0; i <= Repeats; i++)
        {
            using var scope = NewDisposeScope();
            var started = Stopwatch.GetTimestamp();
            var output = pass.Run(fused, input);
            forward.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            if (leaves.Count == 0)
            {
                continue;
            }

            var incoming = output.detach().clone();
            started = Stopwatch.GetTimestamp();
            autograd.grad([output], leaves, [incoming]);
            backward.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return (Middle(forward), backward.Count > 0 ? Middle(backward) : 0, pass.Run(fused, input).detach());
    }

    private static List<Tensor> Trained(Network network, FusedLayers fused) =>
    [
        .. fused.Layers.SelectMany(layer => layer.Weights).Select(weight => network.Weight(weight.Name))
            .Where(weight => weight.requires_grad),
    ];

    /// <summary>The seconds that some work takes, after once to warm up.</summary>
    private static double Median(int repeats, Action work)
    {
        var times = new List<double>();
        for (var i = 0; i <= repeats; i++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return Middle(times);
    }

    private static double Middle(List<double> times)
    {
        var sorted = times.Skip(1).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string Milliseconds(double seconds) => (1000 * seconds).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
