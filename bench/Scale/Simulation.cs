using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Scale;

/// <summary>
/// Runs the real <see cref="ComparisonWorkflow"/> through the real local adapter on virtual time. Only the work of the steps is
/// replaced by the time that it takes. The local slots are not a limit. The trainers are, and as on a durable host each training
/// step waits for a trainer again.
/// </summary>
internal sealed class Simulation
{
    private readonly VirtualClock _clock = new();
    private readonly SimulationOptions _options;
    private readonly WorkerPool _api;
    private readonly WorkerPool _trainers;
    private readonly TaskHub _hub;
    private readonly StorageMeter _storage;
    private readonly SimulatedSteps _steps;
    private readonly SemaphoreSlim _slots;
    private readonly Waits _durations = new();
    private readonly Dictionary<string, int> _failures = [];
    private Exception? _fault;
    private int _started;
    private int _completed;

    private Simulation(SimulationOptions options, SemaphoreSlim slots)
    {
        (_options, _slots) = (options, slots);
        // The local adapter's deadline counts from the request, the durable one's waiting for a worker included.
        var configuration = options.Run.Configuration with
        {
            SliceTimeoutMinutes = options.Run.Configuration.SliceTimeoutMinutes + Limits.WaitForWorkerMinutes,
        };
        _api = new WorkerPool(_clock, options.ApiSlots, TimeSpan.Zero, cooldown: null);
        _trainers = new WorkerPool(_clock, options.Trainers, options.ColdStart, options.Cooldown);
        _hub = new TaskHub(_clock, options.ActionsPerSecond);
        _storage = new StorageMeter(_clock);
        _steps = new SimulatedSteps(_clock, options.Times, options.Run with { Configuration = configuration }, _api, _trainers, _storage);
    }

    /// <summary>Simulates runs that arrive at random.</summary>
    /// <exception cref="InvalidInputException">A model of the runs has no measured time.</exception>
    public static SimulationResult Run(SimulationOptions options) => Run(options, PoissonArrivals(options));

    /// <summary>Simulates runs that arrive at these times, in order.</summary>
    public static SimulationResult Run(SimulationOptions options, IEnumerable<TimeSpan> arrivals)
    {
        foreach (var model in options.Run.Configuration.Models)
        {
            // Before the first run, and not as a failure of its steps.
            _ = options.Times.Epoch(options.Run.Configuration, model);
        }

        using var slots = new SemaphoreSlim(int.MaxValue);
        var simulation = new Simulation(options, slots);
        using var next = arrivals.GetEnumerator();
        simulation.ExpectNext(next);
        simulation._clock.RunToEnd();
        return simulation._fault is { } fault ? throw new InvalidOperationException("The simulation failed.", fault) : simulation.Result();
    }

    private static IEnumerable<TimeSpan> PoissonArrivals(SimulationOptions options)
    {
        var random = new Random(options.Seed);
        var mean = TimeSpan.FromDays(1) / options.PerDay;
        for (var at = Gap(); at < options.Arrivals; at += Gap())
        {
            yield return at;
        }

        TimeSpan Gap() => -Math.Log(1 - random.NextDouble()) * mean;
    }

    private void ExpectNext(IEnumerator<TimeSpan> arrivals)
    {
        if (arrivals.MoveNext())
        {
            _clock.Call(arrivals.Current - _clock.Now, () =>
            {
                _ = RunAsync($"run-{++_started}");
                ExpectNext(arrivals);
            });
        }
    }

    private async Task RunAsync(string id)
    {
        try
        {
            var start = _clock.Now;
            _storage.Add(StorageCost.Start, TimeSpan.Zero);
            var local = new LocalWorkflowContext(
                _steps.Light, _steps, _slots, new NoProgress(), _clock, NullLogger.Instance, CancellationToken.None);
            await _hub.DispatchAsync();
            var request = new ComparisonInput(id);
            var outcome = await ComparisonWorkflow.Comparison.RunAsync(new HubContext(local, _hub), request);
            _durations.Add(_clock.Now - start);
            _completed += outcome.Status == RunStatus.Completed ? 1 : 0;
            foreach (var error in outcome.Trainings.Select(training => training.Error).Append(outcome.Error).OfType<string>())
            {
                _failures[error] = _failures.GetValueOrDefault(error) + 1;
            }
        }
        catch (Exception e)
        {
            // Nobody awaits a run.
            _fault ??= e;
        }
    }

    private SimulationResult Result() => new()
    {
        Options = _options,
        Started = _started,
        Completed = _completed,
        Failures = _failures,
        End = _clock.Now,
        Durations = _durations,
        Hub = _hub,
        Api = _api,
        Trainers = _trainers,
        Storage = _storage,
    };

    private sealed class NoProgress : IProgress<WorkflowProgress>
    {
        public void Report(WorkflowProgress value)
        {
        }
    }
}
