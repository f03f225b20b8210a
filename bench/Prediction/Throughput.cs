using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Cli.Local.Trainings;

namespace ServerlessFashion.PredictionBenchmarks;

/// <summary>
/// Compares the contenders in turn, A B C D A B C D, so other work of the machine affects all of them equally. Each has its own
/// process, so none warms up or fragments the memory of another.
/// </summary>
internal static class Throughput
{
    private static readonly string[] Names = [Contenders.RuntimePerCore, Contenders.Csv, Contenders.Runtime, Contenders.Torch];

    public static async Task CompareAsync(string connection, string model, string csv, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("prediction-benchmark").FullName;
        try
        {
            await ModelFolder.FetchAsync(connection, model, folder);
            var results = Names.ToDictionary(name => name, _ => new List<double>());
            for (var round = 1; round <= rounds; round++)
            {
                foreach (var name in Names)
                {
                    results[name].Add(await MeasureAsync(name, folder, csv));
                }

                Console.Error.WriteLine(
                    $"round {round}: {string.Join(", ", results.Select(result => $"{result.Key} {result.Value[^1]:0}"))} images/s");
            }

            Print(model, results);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(string model, Dictionary<string, List<double>> results)
    {
        Console.WriteLine($"{model}, {results[Contenders.Csv].Count} rounds, {Environment.ProcessorCount} cores");
        Console.WriteLine(
            "| contender | images/s, median | least .. most | csv to it, ratio of medians | median of the rounds' ratios, least .. most |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (name, speeds) in results)
        {
            var ratios = results[Contenders.Csv].Zip(speeds, (csv, other) => csv / other).ToList();
            Console.WriteLine(
                $"| {name} | {Median(speeds):0} | {speeds.Min():0} .. {speeds.Max():0} "
                + $"| {Median(results[Contenders.Csv]) / Median(speeds):0.00} "
                + $"| {Median(ratios):0.00}, {ratios.Min():0.00} .. {ratios.Max():0.00} |");
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static async Task<double> MeasureAsync(string contender, string folder, string csv)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["measure", contender, folder, csv]);
        if (contender == Contenders.Torch)
        {
            TrainingEnvironment.Configure(start.Environment);
        }

        var result = await ChildResult.RunAsync(
            new ProcessStarter(), start, "This program cannot start itself.", TimeProvider.System, CancellationToken.None);
        return result.ExitCode == 0
            ? double.Parse(result.Output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{contender} ended with code {result.ExitCode}. {result.Errors}");
    }
}
