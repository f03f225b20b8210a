using System.Collections.Concurrent;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests.Local;

/// <summary>Steps that only record that they were called and answer as the test says.</summary>
internal sealed class FakeSteps : ITrainingSteps
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly Dictionary<string, int> _epochs = [];

    public FakeSteps() => Light = LightWith(
        new Handler<StatusChange, RecordedStatus>(this, "RecordStatus", request => Record(request)));

    public StepRegistry Light { get; }

    /// <summary>Every call in the order of its start: the step's name, and of a training step the model.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public List<RunStatus> Statuses { get; } = [];

    /// <summary>The status that a run has after a change; the default is the one that was asked for.</summary>
    public Func<StatusChange, RunStatus> StatusAfter { get; set; } = change => change.Status;

    public Func<PreparedData> PrepareData { get; set; } = () => new PreparedData("", "", 1, 1, 1, "", null, null);

    /// <summary>What the run trains; the default is both models of <see cref="TestApplication"/>.</summary>
    public RunDefinition Definition { get; set; } = TestApplication.Define();

    /// <summary>The trials of a round; the default is as many as it has.</summary>
    public Func<RoundRequest, ChosenTrials>? ProposeTrials { get; set; }

    public Func<RunRequest, RunConfiguration> FitEpochs { get; set; } = _ => throw new InvalidOperationException("This run has no budget.");

    /// <summary>What a slice does; the default finishes a model of three epochs, one epoch a slice.</summary>
    public Func<TrainingId, int, CancellationToken, Task<TrainSliceResult>> TrainSlice { get; set; } =
        (_, epoch, _) => Task.FromResult(new TrainSliceResult(epoch, 3, Cancelled: false));

    public async Task<TResult> RunAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, CancellationToken cancellation)
    {
        if (request is RunRequest run)
        {
            _calls.Enqueue(step.Name);
            return (TResult)(object)FitEpochs(run);
        }

        var training = (TrainingId)(object)request!;
        _calls.Enqueue($"{step.Name} {training.Model}");
        if (step.Name == PipelineSteps.TrainSlice.Name)
        {
            int epoch;
            lock (_epochs)
            {
                var key = $"{training.Model} {training.Seed}";
                epoch = _epochs[key] = _epochs.GetValueOrDefault(key) + 1;
            }

            return (TResult)(object)await TrainSlice(training, epoch, cancellation);
        }

        return (TResult)(object)new EvaluatedModel(training.Model, training.Seed, .5, .5);
    }

    /// <summary>The light steps with another way to record a run's status.</summary>
    public StepRegistry LightWith(IStepHandler<StatusChange, RecordedStatus> recordStatus) => new StepRegistry()
        .Add(PipelineSteps.PrepareData, new Handler<RunRequest, PreparedData>(this, "PrepareData", _ => PrepareData()))
        .Add(PipelineSteps.PlanTrainings, new Handler<RunRequest, TrainingPlan>(this, "PlanTrainings", _ => TrainingPlan.Of(Definition)))
        .Add(PipelineSteps.ProposeTrials, new Handler<RoundRequest, ChosenTrials>(
            this, "ProposeTrials", request => ProposeTrials?.Invoke(request) ?? Propose(request)))
        .Add(PipelineSteps.SelectTrials, new Handler<RungRequest, ChosenTrials>(
            this, "SelectTrials", request => new ChosenTrials([.. request.Trials.Take(request.Keep)])))
        .Add(PipelineSteps.EvaluateEnsemble, new EnsembleHandler(this))
        .Add(PipelineSteps.CompareModels, new Handler<CompareModelsRequest, ComparedModels>(this, "CompareModels", Compare))
        .Add(
            PipelineSteps.WriteReport,
            new Handler<RunRequest, WrittenReport>(this, "WriteReport", request => new WrittenReport(request.RunId, 1)))
        .Add(PipelineSteps.PromoteChampion, new Handler<RunRequest, Promotion>(this, "PromoteChampion", _ => new Promotion(true, "")))
        .Add(PipelineSteps.RecordStatus, recordStatus);

    /// <summary>The last trained model wins: the fake does not rank.</summary>
    private static ComparedModels Compare(CompareModelsRequest request) =>
        new(request.Outcomes.LastOrDefault(outcome => outcome.Evaluated is not null)?.Model, request.Outcomes);

    /// <summary>As many trials as the round has: <c>1a</c>, <c>1b</c> and so on.</summary>
    private ChosenTrials Propose(RoundRequest request) => new(
        [.. Enumerable.Range(0, Definition.Configuration.Search!.TrialsOfRounds()[request.Round - 1])
            .Select(trial => $"{request.Round}{(char)('a' + trial)}")]);

    private RecordedStatus Record(StatusChange change)
    {
        Statuses.Add(change.Status);
        return new RecordedStatus(StatusAfter(change), change.Winner, change.Error);
    }

    private sealed class EnsembleHandler(FakeSteps owner) : IStepHandler<EnsembleRequest, EvaluatedModel>
    {
        public Task<EvaluatedModel> RunAsync(EnsembleRequest request, CancellationToken cancellation)
        {
            owner._calls.Enqueue(
                $"EvaluateEnsemble {request.Name}: {string.Join(", ", request.Members.Select(member => $"{member.Model} {member.Seed}"))}");
            return Task.FromResult(new EvaluatedModel(request.Name, EnsembleConfiguration.Seed, .6, .6));
        }
    }

    private sealed class Handler<TRequest, TResult>(
        FakeSteps owner, string name, Func<TRequest, TResult> answer) : IStepHandler<TRequest, TResult>
    {
        public Task<TResult> RunAsync(TRequest request, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            owner._calls.Enqueue(name);
            return Task.FromResult(answer(request));
        }
    }
}
