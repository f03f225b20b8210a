using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Hosting;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Cli.Verbs;

/// <summary>The inner verb: executes one training step in its own process for <see cref="TrainingProcess"/>.</summary>
internal static class RunStepVerb
{
    public static Command Create()
    {
        var step = new Argument<string>("step");
        var command = new Command("run-step", "Executes one step of a run; the program starts it itself.") { step };
        command.Hidden = true;
        command.SetAction((parse, _) => RunAsync(parse.GetRequiredValue(step)));
        return command;
    }

    private static async Task<int> RunAsync(string step)
    {
        // Ctrl-C reaches every process of the terminal; it is the parent who decides when to stop.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var stop = new CancellationTokenSource();
        var request = await Console.In.ReadLineAsync() ?? throw new InvalidInputException("run-step: no request on standard input.");
        _ = Task.Run(async () =>
        {
            await Console.In.ReadToEndAsync();
            await stop.CancelAsync();
        });

        await using var telemetry = ProcessTelemetry.Start();
        var log = new TrainingLog(telemetry.Loggers.CreateLogger<TrainingLog>());
        var storage = StorageConnection.Connect(Environment.GetEnvironmentVariable(TrainingProcess.StorageVariable)!);
        var devices = LocalRuns.Devices();
        var progress = new ThrottledProgress(TimeProvider.System, report =>
        {
            log.Report(report);
            Write(new StepMessage(report, null, null));
        });
        var steps = new TrainingSteps()
            .Add(PipelineSteps.FitEpochs, () => new FitEpochsStep(storage, devices, SlotsOf, TimeProvider.System))
            .Add(PipelineSteps.TrainSlice, () => new TrainSliceStep(storage, devices, progress, TimeProvider.System))
            .Add(PipelineSteps.EvaluateModel, () => new EvaluateModelStep(storage, devices, progress, TimeProvider.System));
        try
        {
            var result = await steps.RunAsync(step, request, stop.Token);
            Write(new StepMessage(null, result, null));
            return ExitCodes.Done;
        }
        catch (InvalidInputException e)
        {
            Write(new StepMessage(null, null, new StepError(e.Message, Permanent: true)));
            return ExitCodes.BadInput;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(e.ToString());
            Write(new StepMessage(null, null, new StepError(e.Message, Permanent: false)));
            return ExitCodes.Failed;
        }
    }

    private static TrainingSlots SlotsOf(RunConfiguration configuration)
    {
        var slots = LocalRuns.TrainingSlots(configuration, LocalRuns.Devices(), begunOn: null);
        return new TrainingSlots(slots, slots);
    }

    private static void Write(StepMessage message)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(message, Json.Compact));
            Console.Out.Flush();
        }
    }
}
