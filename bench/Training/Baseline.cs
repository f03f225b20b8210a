using System.Text.Json;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.TrainingBenchmarks;

/// <summary>
/// Earlier ratios of the median times, kept in <c>baseline.json</c>. Times depend on the machine, and these ratios hardly do.
/// </summary>
/// <param name="Measured">When, on which machine, and with which versions.</param>
/// <param name="TorchSharp">By workload, the time of the plain loop of TorchSharp over that of the product.</param>
/// <param name="PyTorch">The same for PyTorch.</param>
internal sealed record Baseline(
    string Measured, IReadOnlyDictionary<string, double> TorchSharp, IReadOnlyDictionary<string, double> PyTorch)
{
    public static Baseline Read() => JsonSerializer.Deserialize<Baseline>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "baseline.json")), Json.Compact)!;
}
