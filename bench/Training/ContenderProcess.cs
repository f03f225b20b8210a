using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Cli.Local.Trainings;
using ServerlessFashion.Models;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.TrainingBenchmarks;

/// <summary>A contender in a process of its own, so that none warms up or fragments the memory of another.</summary>
internal sealed class ContenderProcess(string name, IChildProcess child) : IDisposable
{
    private const string Python = "/usr/bin/python3";

    public string Name => name;

    public static ContenderProcess Start(string name, Workload workload)
    {
        var start = name == Contenders.PyTorch
            ? new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "pytorch.py"), Describe(workload)])
            : new ProcessStartInfo(
                Environment.ProcessPath!,
                ["contender", name, workload.Name, $"{workload.Images}", $"{workload.Threads}"]);
        return new ContenderProcess(name, Start(start, workload, asTraining: name == Contenders.Product));
    }

    /// <summary>Prints the time of each layer, measured in a process with the settings of a training.</summary>
    /// <exception cref="InvalidInputException">The process failed; the message is what it printed.</exception>
    public static async Task ProfileAsync(Workload workload)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, ["profile", workload.Name, $"{workload.Images}", $"{workload.Threads}"]);
        using var child = Start(start, workload, asTraining: true);
        Console.Write(await child.Output.ReadToEndAsync());
        if (await child.Errors.ReadToEndAsync() is { Length: > 0 } errors)
        {
            throw new InvalidInputException(errors);
        }
    }

    /// <summary>Whether this machine has Python with PyTorch and its vision library.</summary>
    public static async Task<bool> HasPyTorchAsync()
    {
        try
        {
            var start = new ProcessStartInfo(Python, ["-c", "import torch, torchvision"]);
            return (await ChildResult.RunAsync(new ProcessStarter(), start, "", TimeProvider.System, CancellationToken.None)).ExitCode == 0;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }

    /// <summary>Has the work done once.</summary>
    /// <returns>The seconds that it took.</returns>
    public async Task<double> MeasureAsync()
    {
        await child.Input.WriteLineAsync("go");
        await child.Input.FlushAsync();
        return await child.Output.ReadLineAsync() is { } line
            ? double.Parse(line, CultureInfo.InvariantCulture)
            : throw new InvalidInputException($"{name} ended: {await child.Errors.ReadToEndAsync()}");
    }

    public void Dispose()
    {
        child.Input.Close();
        child.Dispose();
    }

    private static IChildProcess Start(ProcessStartInfo start, Workload workload, bool asTraining)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        if (asTraining)
        {
            start.Environment["OMP_NUM_THREADS"] = $"{workload.Threads}";
            TrainingEnvironment.Configure(start.Environment);
        }

        return new ProcessStarter().Start(start, $"{start.FileName} cannot be started.");
    }

    /// <summary>The workload as <c>pytorch.py</c> takes it: the layers of the model's JSON, each with the shape of its input.</summary>
    private static string Describe(Workload workload)
    {
        var input = workload.Plan.Input.For(Data.ImageShape.FashionMnist);
        return JsonSerializer.Serialize(
            new
            {
                workload.Threads,
                workload.Images,
                workload.ValidationImages,
                workload.Spec.BatchSize,
                workload.Phase.LearningRate,
                workload.Phase.WeightDecay,
                workload.Phase.Trainable,
                input.Channels,
                input.Shape.Side,
                Layers = workload.Plan.Body.Select(Describe),
            },
            Json.Compact);
    }

    private static System.Text.Json.Nodes.JsonObject Describe(LayerPlan plan)
    {
        var layer = JsonSerializer.SerializeToNode(plan.Layer, Json.Compact)!.AsObject();
        layer["inputChannels"] = plan.Input.Channels;
        layer["inputSide"] = plan.Input.Side;
        return layer;
    }
}
