using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Scale;

/// <summary>
/// The steps of all runs of a simulation. Each step waits for a worker, takes its time, counts its storage requests, and returns
/// the result of the real step.
/// </summary>
internal sealed class SimulatedSteps : ITrainingSteps
{
    private readonly VirtualClock _clock;
    private readonly StepTimes _times;
    private readonly RunDefinition _run;
    private readonly WorkerPool _api;
    private readonly WorkerPool _trainers;
    private readonly StorageMeter _storage;
    private readonly string[] _models;

    /// <summary>Finished epochs of each running training.</summary>
    private readonly Dictionary<TrainingId, int> _epochs = [];

    public SimulatedSteps(
        VirtualClock clock, StepTimes times, RunDefinition run, WorkerPool api, WorkerPool trainers, StorageMeter storage)
    {
        (_clock, _times, _run, _api, _trainers, _storage) = (clock, times, run, api, trainers, storage);
        _models = [.. run.Configuration.Trainings().Select(training => training.Model.Name)];
        Light = new StepRegistry()
            .Add(PipelineSteps.RecordStatus, Step<StatusChange, RecordedStatus>(times.RecordStatus, StorageCost.RecordStatus, Record))
            .Add(PipelineSteps.PrepareData, Step<RunRequest, PreparedData>(times.PrepareData, StorageCost.PrepareData, Prepare))
            .Add(PipelineSteps.PlanTrainings, Step<RunRequest, TrainingPlan>(
                times.PlanTrainings, StorageCost.PlanTrainings, _ => TrainingPlan.Of(run)))
            .Add(PipelineSteps.EvaluateEnsemble, Step<EnsembleRequest, EvaluatedModel>(
                times.EvaluateEnsemble, StorageCost.EvaluateEnsemble, request => Evaluate(request.Name, EnsembleConfiguration.Seed)))
            .Add(PipelineSteps.CompareModels, Step<CompareModelsRequest, ComparedModels>(
                times.CompareModels, StorageCost.OfCompareModels(_models.Length), Compare))
            .Add(PipelineSteps.WriteReport, Step<RunRequest, WrittenReport>(
                times.WriteReport, StorageCost.OfWriteReport(_models.Length), request => new WrittenReport(request.RunId, 1)))
            .Add(PipelineSteps.PromoteChampion, Step<RunRequest, Promotion>(
                times.PromoteChampion, StorageCost.OfPromoteChampion(_models), _ => new Promotion(false, "simulated")));
    }

    public StepRegistry Light { get; }

    public async Task<TResult> RunAsync<TRequest, TResult>(Step<TRequest, TResult> step, TRequest request, CancellationToken cancellation)
    {
        var training = request as TrainingId
            ?? throw new NotSupportedException($"The simulation has no step {step.Name}.");
        var isSlice = step.Name == PipelineSteps.TrainSlice.Name;
        if (!await _trainers.TakeAsync(cancellation))
        {
            // Its deadline came before a worker did.
            object none = isSlice ? new TrainSliceResult(0, 1, Cancelled: true) : Evaluate(training.Model, training.Seed);
            return (TResult)none;
        }

        try
        {
            object answer = isSlice ? await TrainAsync(training) : await EvaluateAsync(training);
            return (TResult)answer;
        }
        finally
        {
            _trainers.Release();
        }
    }

    private async Task<TrainSliceResult> TrainAsync(TrainingId request)
    {
        var model = ModelOf(request);
        var done = _epochs.GetValueOrDefault(request);
        var epochs = Math.Min(_run.Configuration.SliceEpochs, model.TotalEpochs - done);
        var time = _times.TrainingStart + (epochs * _times.Epoch(_run.Configuration, model));
        _storage.Add(StorageCost.OfTrainSlice(model.Name, epochs, done == 0, time.TotalSeconds), time);
        await _clock.DelayAsync(time);
        _epochs[request] = done + epochs;
        return new TrainSliceResult(done + epochs, model.TotalEpochs, Cancelled: false);
    }

    private async Task<EvaluatedModel> EvaluateAsync(TrainingId request)
    {
        var model = ModelOf(request);
        var time = _times.TrainingStart + _times.Evaluation(_run.Configuration, model);
        _storage.Add(StorageCost.OfEvaluateModel(model.Name, time.TotalSeconds), time);
        await _clock.DelayAsync(time);
        _epochs.Remove(request);
        return Evaluate(request.Model, request.Seed);
    }

    private ModelConfiguration ModelOf(TrainingId request) => _run.Configuration.Models.Single(model => model.Name == request.Model);

    private static EvaluatedModel Evaluate(string model, int seed) => new(model, seed, .5, .5);

    private static PreparedData Prepare(RunRequest request) => new("", "", 0, 0, 0, "", null, null);

    private static ComparedModels Compare(CompareModelsRequest request) =>
        new(request.Outcomes.FirstOrDefault(outcome => outcome.Evaluated is not null)?.Model, request.Outcomes);

    private static RecordedStatus Record(StatusChange change) => new(change.Status, change.Winner, change.Error);

    private LightStep<TRequest, TResult> Step<TRequest, TResult>(TimeSpan time, Requests requests, Func<TRequest, TResult> answer) =>
        new(this, time, requests, answer);

    private sealed class LightStep<TRequest, TResult>(
        SimulatedSteps owner, TimeSpan time, Requests requests, Func<TRequest, TResult> answer) : IStepHandler<TRequest, TResult>
    {
        public async Task<TResult> RunAsync(TRequest request, CancellationToken cancellation)
        {
            await owner._api.TakeAsync(CancellationToken.None);
            owner._storage.Add(requests, time);
            await owner._clock.DelayAsync(time);
            owner._api.Release();
            return answer(request);
        }
    }
}
