using ServerlessFashion.Cli.Display;
using ServerlessFashion.Runs;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Local;

/// <summary>Carries out one run in this process, and shows its progress.</summary>
internal sealed class LocalComparison(LocalRuns local, Output output)
{
    /// <inheritdoc cref="LocalRuns.DescribeDeviceAsync"/>
    public Task<string> DescribeDeviceAsync(RunRecord run, CancellationToken cancellation) => local.DescribeDeviceAsync(run, cancellation);

    /// <summary>Runs a stored run to its end. Cancelling records it as cancelled, ready to be resumed.</summary>
    /// <exception cref="InvalidInputException">The run needs a device that this machine cannot offer.</exception>
    public async Task<ComparisonOutcome> RunAsync(RunRecord run, CancellationToken cancellation)
    {
        var display = new RunDisplay(output, run.Configuration);
        var runner = await local.CreateRunnerAsync(run, display.Monitor, cancellation);
        using var active = PipelineTelemetry.ObserveActiveRuns(() => 1);
        return await display.WatchAsync(runner.RunAsync(run.Id, display.Monitor, cancellation));
    }
}
