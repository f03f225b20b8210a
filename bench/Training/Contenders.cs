using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training;
using ServerlessFashion.Training.Sessions;
using static TorchSharp.torch;

namespace ServerlessFashion.TrainingBenchmarks;

/// <summary>
/// What is compared. Each contender is a process that does its work once to warm up, and then once for each line that it reads, and
/// answers with the seconds.
/// </summary>
internal static class Contenders
{
    public const string Product = "product";
    public const string Plain = "torchsharp";
    public const string PyTorch = "pytorch";
    public const string Ceiling = "ceiling";

    /// <summary>Sides of the matrices whose product is the limit of the machine.</summary>
    private const int MatrixSide = 2048;
    private const int Products = 8;

    /// <summary>Floating-point operations of the work of <see cref="Ceiling"/>.</summary>
    public const double CeilingOperations = 2.0 * MatrixSide * MatrixSide * MatrixSide * Products;

    public static void Serve(string name, Workload workload)
    {
        set_num_threads(workload.Threads);
        using var session = name == Product ? OpenSession(workload) : null;
        Action work = name switch
        {
            Product => () => session!.RunEpoch(null, CancellationToken.None),
            Plain => new PlainLoop(workload).RunEpoch,
            Ceiling => Multiply(),
            _ => throw new InvalidInputException($"'{name}' is not a contender."),
        };
        work();
        while (Console.ReadLine() is not null)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            Console.WriteLine(Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    public static TrainingSession OpenSession(Workload workload) => TrainingSession.Start(new TrainingRequest(
        workload.Spec,
        new ModelConfiguration { Name = workload.Spec.Name, BatchSize = workload.Spec.BatchSize, Phases = [workload.Phase] },
        ClassLabels.Five,
        new TrainingData(Workload.Draw(workload.Images), Workload.Draw(workload.ValidationImages), Workload.Draw(1), "noise"),
        Seed: 1, workload.Threads, ImageNet: null, WeightsNote: "", RunConfigurationJson: "{}"));

    /// <summary>The work of <see cref="Ceiling"/>, on matrices that are drawn before.</summary>
    public static Action Multiply()
    {
        var (left, right) = (rand(MatrixSide, MatrixSide), rand(MatrixSide, MatrixSide));
        return () =>
        {
            using var noGradient = no_grad();
            for (var i = 0; i < Products; i++)
            {
                left.mm(right).Dispose();
            }
        };
    }
}
