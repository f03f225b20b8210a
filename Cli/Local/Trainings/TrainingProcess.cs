using System.Globalization;
using System.Text.Json;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Cli.Local.Trainings;

/// <summary>
/// Runs training steps by starting this program again with the inner verb <c>run-step</c>. The request is one line on the child's
/// standard input, which then stays open. When it closes, also because this process was killed, the child stops after the current
/// batch. Progress and the result come back as lines of JSON.
/// </summary>
internal sealed class TrainingProcess(
    IProcessStarter processes, TrainingStart start, ICancelFlags cancelFlags, ChildLog log, TimeProvider time,
    IProgress<TrainingProgress> progress, IProgress<StepNote> notes)
    : ITrainingSteps
{
    private const int ErrorLinesKept = 20;

    /// <summary>
    /// A minute is enough for a batch of the largest network on a busy machine. A step that is killed resumes from its last epoch.
    /// </summary>
    private static readonly ChildStop Stop = new(
        child => child.Input.Close(), AskGrace: TimeSpan.FromSeconds(60), TerminateGrace: TimeSpan.FromSeconds(10));

    /// <summary>Many trainings stop within this time, and the user need not hear of it.</summary>
    private static readonly TimeSpan NoticeAfter = WaitNotices.Patience;

    /// <summary>The cancel flag in storage has already asked. A child that begins with the flag set must still read it.</summary>
    private static readonly ChildStop StopByFlag = Stop with { Ask = _ => { } };

    /// <inheritdoc/>
    public async Task<TResult> RunAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, CancellationToken cancellation)
    {
        var subject = new Subject(step, request!);
        using var child = processes.Start(start.Of(step.Name), "training: this program cannot start itself.");
        using var silence = new SilenceWatch(time, lasted => Note(subject, $"no progress of {subject.Name} for {lasted}"));
        var errors = ReadErrorsAsync(child.Errors, silence);
        await SendAsync(child, request);

        var ended = WaitAsync(child, subject, cancellation);
        var answer = await ReadAnswerAsync(child.Output, subject, silence);
        var exit = await ended;
        if (exit.WasKilled)
        {
            Note(subject, string.Create(CultureInfo.InvariantCulture,
                $"{subject.Name} did not stop within {Stop.AskGrace.TotalSeconds:0} s and was ended"));
        }

        var lastErrors = string.Join(' ', await errors);
        return answer switch
        {
            { Result: { } result } => result.Deserialize<TResult>(Json.Compact)!,
            { Error: { Permanent: true } error } => throw new InvalidInputException(error.Message),
            _ when cancellation.IsCancellationRequested => throw new OperationCanceledException(cancellation),
            { Error: { Outage: { } kind } error } => throw new StorageOutageException(kind, error.Message),
            { Error: { } error } => throw new StepCrashedException(error.Message),
            _ => throw new StepCrashedException(string.Create(CultureInfo.InvariantCulture,
                $"the training process ended with code {exit.Code} and no answer. {lastErrors}").TrimEnd()),
        };
    }

    /// <summary>Waits for the child's end. A training reads the cancel flag itself; if it does not obey, this process ends it.</summary>
    private async Task<ChildExit> WaitAsync(IChildProcess child, Subject subject, CancellationToken cancellation)
    {
        await using var flag = subject.ReadsCancelFlag ? cancelFlags.Watch(subject.RunId, cancellation) : null;
        var requested = flag?.Requested ?? cancellation;
        if (await ChildStop.FindExitAsync(child, requested) is { } code)
        {
            return new ChildExit(code, WasKilled: false);
        }

        using var notice = time.CreateTimer(_ => Note(subject, Waits(subject)), null, NoticeAfter, Timeout.InfiniteTimeSpan);
        var stop = cancellation.IsCancellationRequested ? Stop : StopByFlag;
        return await stop.WaitAsync(child, time, requested);
    }

    private static string Waits(Subject subject) => string.Create(
        CultureInfo.InvariantCulture, $"waiting up to {Stop.Total.TotalSeconds:0} s for {subject.Name} to stop");

    private void Note(Subject subject, string text) => notes.Report(new StepNote(subject.RunId, text));

    private static async Task SendAsync<TRequest>(IChildProcess child, TRequest request)
    {
        try
        {
            await child.Input.WriteLineAsync(JsonSerializer.Serialize(request, Json.Compact));
            await child.Input.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            // The child has already ended; its exit code and its errors say why.
        }
    }

    private async Task<StepMessage?> ReadAnswerAsync(TextReader output, Subject subject, SilenceWatch silence)
    {
        StepMessage? answer = null;
        while (await output.ReadLineAsync() is { } line)
        {
            silence.Touch();
            var message = JsonSerializer.Deserialize<StepMessage>(line, Json.Compact)!;
            if (message.Progress is { } report)
            {
                progress.Report(report);
            }
            else if (message.Notice is { } notice)
            {
                Note(subject, notice);
            }
            else
            {
                answer = message;
            }
        }

        return answer;
    }

    private async Task<IReadOnlyCollection<string>> ReadErrorsAsync(TextReader errors, SilenceWatch silence)
    {
        var last = new Queue<string>();
        while (await errors.ReadLineAsync() is { } line)
        {
            silence.Touch();
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

    /// <summary>What a step works on.</summary>
    private sealed class Subject(IStep step, object request)
    {
        public string RunId => (request as IRunStepRequest)?.RunId ?? "";

        public string Name => request is TrainingId training
            ? string.Create(CultureInfo.InvariantCulture, $"{training.Model} seed {training.Seed}")
            : step.Name;

        /// <summary>Training stops early when the run is cancelled. An evaluation is short and is finished.</summary>
        public bool ReadsCancelFlag => step.Name == PipelineSteps.TrainSlice.Name;
    }
}
