using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Cli.Local.Trainings;
using ServerlessFashion.Hosting;
using ServerlessFashion.Hosting.Logs;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Serialization;
using ServerlessFashion.Settings;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Cli.Composition;

/// <summary>The child's side of <see cref="TrainingProcess"/>: runs one training step and reports on standard output.</summary>
internal static class StepProcess
{
    /// <summary>The parent ends the process earlier, so that its report is the one that the user sees.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(2);

    /// <exception cref="InvalidInputException">There is no request on standard input, or a setting cannot be used.</exception>
    public static async Task<int> RunAsync(string step)
    {
        // Ctrl-C reaches every process of the terminal; the parent decides when to stop.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var stop = new CancellationTokenSource();
        var request = await Console.In.ReadLineAsync() ?? throw new InvalidInputException("run-step: no request on standard input.");
        _ = Task.Run(() => StopWithInputAsync(stop));

        using var patience = StoragePatience.Begin(StoragePatience.OfRuns);
        using var log = LogOptions.Read(SettingSource.Environment) is { } options ? LogWriter.Open(options, step) : null;
        await using var telemetry = ProcessTelemetry.Start(log);
        var epochs = new TrainingLog(telemetry.Loggers.CreateLogger<TrainingLog>());
        var progress = new ThrottledProgress(TimeProvider.System, report =>
        {
            epochs.Report(report);
            Write(new StepMessage(report, null, null));
        });
        try
        {
            var notices = new ActionProgress<StorageNotice>(notice => Write(new StepMessage(null, null, null, notice.Text)));
            await using var services = StepServices.Build(telemetry.Loggers, progress, notices);
            Write(new StepMessage(null, await StepsOf(services).RunAsync(step, request, stop.Token), null));
            return ExitCodes.Done;
        }
        catch (InvalidInputException e)
        {
            Write(new StepMessage(null, null, new StepError(e.Message, Permanent: true)));
            return ExitCodes.BadInput;
        }
        catch (Exception e) when (StorageFailure.IsOutage(e))
        {
            await Console.Error.WriteLineAsync(e.ToString());
            Write(new StepMessage(null, null, new StepError(StorageFailure.Describe(e), Permanent: false, StorageFailure.KindOf(e))));
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(e.ToString());
            Write(new StepMessage(null, null, new StepError(e.Message, Permanent: false)));
            return ExitCodes.Failed;
        }
    }

    /// <summary>
    /// Stops the step when the parent closes the input or dies. A dead parent cannot end a step that hangs, so this process then ends
    /// itself.
    /// </summary>
    private static async Task StopWithInputAsync(CancellationTokenSource stop)
    {
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        await Task.Delay(LongestStop);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    private static TrainingSteps StepsOf(IServiceProvider services) =>
        new TrainingSteps(services.GetRequiredService<ILogger<TrainingSteps>>())
            .Add(PipelineSteps.FitEpochs, services.GetRequiredService<FitEpochsStep>)
            .Add(PipelineSteps.TrainSlice, services.GetRequiredService<TrainSliceStep>)
            .Add(PipelineSteps.EvaluateModel, services.GetRequiredService<EvaluateModelStep>);

    private static void Write(StepMessage message)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(message, Json.Compact));
            Console.Out.Flush();
        }
    }
}
