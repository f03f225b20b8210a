using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ServerlessFashion.Devices;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;
using ServerlessFashion.Telemetry;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Local;

/// <summary>
/// Runs training steps by starting this program again with the inner verb <c>run-step</c>. The request is one line on the child's
/// standard input, which then stays open. When it closes, also because this process was killed, the child stops after the current
/// batch. Progress and the result come back as lines of JSON.
/// </summary>
internal sealed class TrainingProcess(
    string storage, int threads, DeviceChoice device, ChildLog log, IProgress<TrainingProgress> progress)
    : ITrainingSteps
{
    public const string StorageVariable = "FASHION_STEP_STORAGE";

    private const int ErrorLinesKept = 20;

    /// <summary>Enough for a batch of the largest network on a busy machine; a killed step resumes from its last epoch.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    public async Task<TResult> RunAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, CancellationToken cancellation)
    {
        using var process = ChildProcess.Start(StartInfo(step.Name), "training: this program cannot start itself.");
        var errors = ReadErrorsAsync(process.Errors);
        await process.Input.WriteLineAsync(JsonSerializer.Serialize(request, Json.Compact));
        await process.Input.FlushAsync(CancellationToken.None);
        var ended = process.WaitAsync(child => child.Input.Close(), Grace, cancellation);

        var answer = await ReadAnswerAsync(process.Output);
        var exitCode = await ended;
        var lastErrors = string.Join(' ', await errors);
        return answer switch
        {
            { Result: { } result } => result.Deserialize<TResult>(Json.Compact)!,
            { Error: { Permanent: true } error } => throw new InvalidInputException(error.Message),
            { Error: { } error } => throw new StepCrashedException(error.Message),
            _ => throw new StepCrashedException(string.Create(CultureInfo.InvariantCulture,
                $"the training process ended with code {exitCode} and no answer. {lastErrors}").TrimEnd()),
        };
    }

    private ProcessStartInfo StartInfo(string step)
    {
        var program = Environment.ProcessPath!;
        var startedByDotnet = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] arguments = startedByDotnet ? [typeof(TrainingProcess).Assembly.Location, "run-step", step] : ["run-step", step];
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[StorageVariable] = storage;
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        TrainingEnvironment.Configure(start.Environment);
        TraceParent.Write(start.Environment);
        log.Configure(start.Environment);

        // A run without a device of its own trains on the device that this process chose.
        start.Environment[DeviceSettings.DeviceVariable] = device.ToString();
        return start;
    }

    private async Task<StepMessage?> ReadAnswerAsync(StreamReader output)
    {
        StepMessage? answer = null;
        while (await output.ReadLineAsync() is { } line)
        {
            var message = JsonSerializer.Deserialize<StepMessage>(line, Json.Compact)!;
            if (message.Progress is { } report)
            {
                progress.Report(report);
            }
            else
            {
                answer = message;
            }
        }

        return answer;
    }

    private async Task<IReadOnlyCollection<string>> ReadErrorsAsync(StreamReader errors)
    {
        var last = new Queue<string>();
        while (await errors.ReadLineAsync() is { } line)
        {
            if (log.TryForward(line))
            {
                continue;
            }

            last.Enqueue(line);
            if (last.Count > ErrorLinesKept)
            {
                last.Dequeue();
            }
        }

        return last;
    }
}
