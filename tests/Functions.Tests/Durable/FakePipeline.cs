using System.Collections.Concurrent;
using Microsoft.DurableTask;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Functions.Tests.Durable;

/// <summary>The activities of the pipeline without any work in them: each step's answer is a function of its request and attempt.</summary>
internal sealed class FakePipeline
{
    private readonly ConcurrentDictionary<string, int> _attempts = new();

    /// <summary>Every call in the order of its beginning, e.g. <c>TrainSlice model1</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What every run trains. The default is Model 1 and Model 3.</summary>
    public RunDefinition Definition { get; init; } = SmallRuns.Define("model1", "model3");

    public Func<TrainingId, int, Task<TrainSliceResult>> TrainSlice { get; init; } =
        (_, _) => Task.FromResult(new TrainSliceResult(10, 10, Cancelled: false));

    public Func<TrainingId, int, Task<EvaluatedModel>> EvaluateModel { get; init; } =
        (request, _) => Task.FromResult(new EvaluatedModel(request.Model, request.Seed, request.Model == "model3" ? .9 : .8, .7));

    public Func<RunRequest, int, Task<PreparedData>> PrepareData { get; init; } =
        (request, _) => Task.FromResult(new PreparedData("fashion-mnist/", $"{request.RunId}/split.json", 80, 20, 100, "ab", null, null));

    public Func<RunRequest, int, Task<RunConfiguration>> FitEpochs { get; init; } =
        (_, _) => throw new InvalidInputException("FitEpochs: the run has no budget.");

    public Func<StatusChange, int, Task<RecordedStatus>> RecordStatus { get; init; } =
        (change, _) => Task.FromResult(new RecordedStatus(change.Status, change.Winner, change.Error));

    public void AddTo(DurableTaskRegistry tasks)
    {
        Add(tasks, PipelineSteps.PlanTrainings, _ => "", (_, _) => Task.FromResult(TrainingPlan.Of(Definition)));
        Add(tasks, PipelineSteps.FitEpochs, _ => "", FitEpochs);
        Add(tasks, PipelineSteps.EvaluateEnsemble, request => request.Name, (request, _) => Task.FromResult(Evaluate(request)));
        Add(tasks, PipelineSteps.PrepareData, _ => "", PrepareData);
        Add(tasks, PipelineSteps.TrainSlice, request => request.Model, TrainSlice);
        Add(tasks, PipelineSteps.EvaluateModel, request => request.Model, EvaluateModel);
        Add(tasks, PipelineSteps.CompareModels, _ => "", (request, _) => Task.FromResult(Compare(request)));
        Add(tasks, PipelineSteps.WriteReport, _ => "", (request, _) => Task.FromResult(new WrittenReport($"{request.RunId}/report/", 3)));
        Add(tasks, PipelineSteps.PromoteChampion, _ => "", (_, _) => Task.FromResult(new Promotion(true, "the first")));
        Add(tasks, PipelineSteps.RecordStatus, change => change.Status.ToString(), RecordStatus);
    }

    private void Add<TRequest, TResult>(
        DurableTaskRegistry tasks, Step<TRequest, TResult> step, Func<TRequest, string> subject,
        Func<TRequest, int, Task<TResult>> answer) =>
        tasks.AddActivityFunc<TRequest, TResult>(step.Name, (_, request) =>
        {
            var call = $"{step.Name} {subject(request)}".TrimEnd();
            Calls.Enqueue(call);
            return answer(request, _attempts.AddOrUpdate(call, 1, (_, attempts) => attempts + 1));
        });

    /// <summary>The first trained model wins, which is the one with the longest training: the fake does not rank.</summary>
    private static ComparedModels Compare(CompareModelsRequest request) =>
        new(request.Outcomes.FirstOrDefault(outcome => outcome.Evaluated is not null)?.Model, request.Outcomes);

    private static EvaluatedModel Evaluate(EnsembleRequest request) => new(request.Name, EnsembleConfiguration.Seed, .95, .9);
}
