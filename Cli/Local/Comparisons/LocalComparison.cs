using ServerlessFashion.Application;
using ServerlessFashion.Cli.Comparisons;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Live;
using ServerlessFashion.Runs;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Local.Comparisons;

/// <summary>Carries out runs in this process, and shows their progress.</summary>
internal sealed class LocalComparison(FashionApplication application, LocalRuns local, Output output) : IComparisonTarget
{
    public async Task<string> StartAsync(ComparisonOptions options, CancellationToken cancellation)
    {
        var description = RunDescription.Of(options.Name, options.Tags, options.Notes);
        var definition = await application.Configure.ConfigureAsync(options, cancellation);
        return (await application.Start.StartAsync(definition, description, namesDevice: true, key: null, cancellation)).Id;
    }

    public async Task<string> ResumeAsync(string id, CancellationToken cancellation) =>
        (await application.Resume.ResumeAsync(id, cancellation)).Run.Id;

    /// <summary>Runs a stored run to its end. Cancelling records it as cancelled, ready to be resumed.</summary>
    /// <exception cref="InvalidInputException">The run needs a device that this machine cannot offer.</exception>
    public async Task<ComparisonOutcome> WatchAsync(string id, CancellationToken cancellation)
    {
        var definition = await application.Comparisons.GetDefinitionAsync(id, cancellation);
        ConfigurationText.Print(output, definition.Configuration);
        output.Line($"device: {await local.DescribeDeviceAsync(id, definition, cancellation)}");
        var display = new RunDisplay(output, definition);
        display.Monitor.Begin((await application.Comparisons.GetStatusAsync(id, cancellation)).Trainings);
        var runner = await local.CreateRunnerAsync(id, display.Monitor, cancellation);
        using var active = PipelineTelemetry.ObserveActiveRuns(() => 1);
        return await display.WatchAsync(runner.RunAsync(id, display.Monitor, cancellation));
    }

    public Task DownloadReportAsync(string id, string folder, CancellationToken cancellation) =>
        application.Reports.DownloadAsync(id, folder, cancellation);

    public string? DescribeInterruption(Exception exception) => StorageProblem.Find(exception);
}
