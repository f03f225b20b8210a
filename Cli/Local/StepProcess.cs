using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Cli.Composition;
using ServerlessFashion.Hosting;
using ServerlessFashion.Hosting.Logs;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Settings;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Cli.Local;

/// <summary>The child's side of <see cref="TrainingProcess"/>: runs one training step and reports on standard output.</summary>
internal static class StepProcess
{
    /// <exception cref="InvalidInputException">There is no request on standard input, or a setting cannot be used.</exception>
    public static async Task<int> RunAsync(string step)
    {
        // Ctrl-C reaches every process of the terminal; the parent decides when to stop.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var stop = new CancellationTokenSource();
        var request = await Console.In.ReadLineAsync() ?? throw new InvalidInputException("run-step: no request on standard input.");
        _ = Task.Run(async () =>
        {
            await Console.In.ReadToEndAsync();
            await stop.CancelAsync();
        });

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
            await using var services = StepServices.Build(telemetry.Loggers, progress);
            Write(new StepMessage(null, await RunAsync(services, step, request, stop.Token), null));
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

    private static Task<JsonElement> RunAsync(IServiceProvider services, string step, string request, CancellationToken stop) => step switch
    {
        nameof(PipelineSteps.FitEpochs) => RunAsync(services, PipelineSteps.FitEpochs, services.GetRequiredService<FitEpochsStep>(), request, stop),
        nameof(PipelineSteps.TrainSlice) => RunAsync(services, PipelineSteps.TrainSlice, services.GetRequiredService<TrainSliceStep>(), request, stop),
        nameof(PipelineSteps.EvaluateModel) =>
            RunAsync(services, PipelineSteps.EvaluateModel, services.GetRequiredService<EvaluateModelStep>(), request, stop),
        _ => throw new InvalidInputException($"run-step: there is no training step '{step}'."),
    };

    private static async Task<JsonElement> RunAsync<TRequest, TResult>(
        IServiceProvider services, Step<TRequest, TResult> step, IStepHandler<TRequest, TResult> handler, string request, CancellationToken stop)
    {
        var read = JsonSerializer.Deserialize<TRequest>(request, Json.Compact)!;
        using var span = PipelineTelemetry.StartProcess(read, TraceParent.Read(Environment.GetEnvironmentVariable));
        var record = StepRecord.Begin(services.GetRequiredService<ILogger<StepRegistry>>(), step.Name, read);
        try
        {
            var result = JsonSerializer.SerializeToElement(await handler.RunAsync(read, stop), Json.Compact);
            record.Succeed();
            return result;
        }
        catch (Exception e)
        {
            span.RecordFailure(e);
            record.Fail(e);
            throw;
        }
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
