using System.Globalization;

namespace ServerlessFashion.TrainingBenchmarks;

/// <summary>The results as a table in Markdown.</summary>
internal sealed class ResultTable(BenchmarkOptions options, Baseline baseline)
{
    private readonly List<string> _rows = [];

    public void Add(Workload workload, IReadOnlyDictionary<string, List<double>> seconds)
    {
        var product = seconds[Contenders.Product];
        var speed = workload.Images / Median(product);
        var shares = product.Zip(
            seconds[Contenders.Ceiling],
            (epoch, ceiling) => workload.Operations / epoch / (Contenders.CeilingOperations / ceiling)).ToList();
        _rows.Add(
            $"| {workload.Name} | {workload.Images} | {workload.Spec.BatchSize} | {Text(speed, "0")} "
            + $"| {Ratio(Contenders.Plain, baseline.TorchSharp)} | {Ratio(Contenders.PyTorch, baseline.PyTorch)} "
            + $"| {Text(100 * Median(shares), "0")} % |");

        string Ratio(string other, IReadOnlyDictionary<string, double> before)
        {
            if (!seconds.TryGetValue(other, out var times))
            {
                return "–";
            }

            var ratios = times.Zip(product, (theirs, ours) => theirs / ours).ToList();
            var known = before.TryGetValue(workload.Name, out var earlier) ? Text(earlier, "0.00") : "–";
            return $"{Text(Median(ratios), "0.00")} ({Text(ratios.Min(), "0.00")} to {Text(ratios.Max(), "0.00")}; {known})";
        }
    }

    public void Print()
    {
        Console.WriteLine($"{options.Rounds} rounds, {options.Threads} threads; in parentheses least to most, and the baseline");
        Console.WriteLine($"baseline: {baseline.Measured}");
        Console.WriteLine();
        Console.WriteLine("| workload | images | batch | images/s | TorchSharp's time / ours | PyTorch's time / ours | share of the ceiling |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        _rows.ForEach(Console.WriteLine);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
