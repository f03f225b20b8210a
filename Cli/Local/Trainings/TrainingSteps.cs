using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Serialization;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Local.Trainings;

/// <summary>The steps that a child process can run, by name; requests and results are JSON.</summary>
internal sealed class TrainingSteps(ILogger<TrainingSteps>? log = null)
{
    private readonly ILogger _log = log ?? NullLogger<TrainingSteps>.Instance;
    private readonly Dictionary<string, Func<string, CancellationToken, Task<JsonElement>>> _handlers = [];

    public TrainingSteps Add<TRequest, TResult>(Step<TRequest, TResult> step, Func<IStepHandler<TRequest, TResult>> handler)
    {
        _handlers.Add(step.Name, (request, stop) => RunAsync(step, handler(), request, stop));
        return this;
    }

    /// <exception cref="InvalidInputException">There is no such step here; the message lists those that are.</exception>
    public Task<JsonElement> RunAsync(string step, string request, CancellationToken stop) => _handlers.TryGetValue(step, out var handler)
        ? handler(request, stop)
        : throw new InvalidInputException(
            $"run-step: '{step}' is not a step of this process; its steps are {string.Join(", ", _handlers.Keys)}.");

    private async Task<JsonElement> RunAsync<TRequest, TResult>(
        Step<TRequest, TResult> step, IStepHandler<TRequest, TResult> handler, string request, CancellationToken stop)
    {
        var read = JsonSerializer.Deserialize<TRequest>(request, Json.Compact)!;
        using var span = PipelineTelemetry.StartProcess(read, TraceParent.Read(Environment.GetEnvironmentVariable));
        var record = StepRecord.Begin(_log, step.Name, read);
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
}
