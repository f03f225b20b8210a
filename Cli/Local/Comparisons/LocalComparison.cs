using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Live;
using ServerlessFashion.Runs;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Local.Comparisons;

/// <summary>Carries out one run in this process, and shows its progress.</summary>
internal sealed class LocalComparison(LocalRuns local, ComparisonQueries comparisons, Output output)
{
    /// <inheritdoc cref="LocalRuns.DescribeDeviceAsync"/>
    public Task<string> DescribeDeviceAsync(string runId, RunDefinition run, CancellationToken cancellation) =>
        local.DescribeDeviceAsync(runId, run, cancellation);

    /// <summary>Runs a stored run to its end. Cancelling records it as cancelled, ready to be resumed.</summary>
    /// <exception cref="InvalidInputException">The run needs a device that this machine cannot offer.</exception>
    public async Task<ComparisonOutcome> RunAsync(string runId, RunDefinition run, CancellationToken cancellation)
    {
        var display = new RunDisplay(output, run);
        display.Monitor.Begin((await comparisons.GetStatusAsync(runId, cancellation)).Trainings);
        var runner = await local.CreateRunnerAsync(runId, display.Monitor, cancellation);
        using var active = PipelineTelemetry.ObserveActiveRuns(() => 1);
        return await display.WatchAsync(runner.RunAsync(runId, display.Monitor, cancellation));
    }
}
