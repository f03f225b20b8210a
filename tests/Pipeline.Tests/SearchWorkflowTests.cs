using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Pipeline.Tests.Local;
using ServerlessFashion.Runs;
using ServerlessFashion.Search;

namespace ServerlessFashion.Pipeline.Tests;

public class SearchWorkflowTests
{
    private readonly FakeSteps _steps = new();

    public SearchWorkflowTests() => _steps.TrainSlice = (training, _, _) =>
        Task.FromResult(new TrainSliceResult(training.UntilEpoch ?? 9, training.UntilEpoch ?? 9, Cancelled: false));

    /// <summary>By hand: 9 trials and 9 epochs make rungs of 9, 3 and 1 trials that end at epochs 1, 3 and 9.</summary>
    [Fact]
    public async Task Comparison_RandomSearch_HalvesItsTrialsAndEvaluatesTheLast()
    {
        var until = new List<(string Model, int? Epoch)>();
        _steps.TrainSlice = (training, _, _) =>
        {
            until.Add((training.Model, training.UntilEpoch));
            return Task.FromResult(new TrainSliceResult(training.UntilEpoch ?? 9, training.UntilEpoch ?? 9, Cancelled: false));
        };

        var outcome = await RunAsync(TrialSampler.Random, trials: 9);

        Assert.Equal(
            [
                ("model1", null),
                .. "abcdefghi".Select(trial => ($"1{trial}", (int?)1)),
                .. "abc".Select(trial => ($"1{trial}", (int?)3)),
                ("1a", null),
            ],
            until);
        Assert.Equal(
            ["EvaluateModel model1", "EvaluateModel 1a"],
            _steps.Calls.Where(call => call.StartsWith("EvaluateModel", StringComparison.Ordinal)));
        Assert.Equal(["model1", "1a"], outcome.Trainings.Select(training => training.Model));
        Assert.Equal(RunStatus.Completed, outcome.Status);
    }

    /// <summary>
    /// By hand: 9 trials make three rounds of 3, and 3 trials with 9 epochs make rungs of 3 and 1 that end at epochs 3 and 9.
    /// </summary>
    [Fact]
    public async Task Comparison_TpeSearch_ProposesEachRoundAfterTheOneBefore()
    {
        var outcome = await RunAsync(TrialSampler.Tpe, trials: 9);

        Assert.Equal(
            [
                "ProposeTrials", "SelectTrials", "ProposeTrials", "SelectTrials", "ProposeTrials", "SelectTrials", "CompareModels",
            ],
            _steps.Calls.Where(call => call is "ProposeTrials" or "SelectTrials" or "CompareModels"));
        Assert.Equal(["model1", "1a", "2a", "3a"], outcome.Trainings.Select(training => training.Model));
    }

    [Fact]
    public async Task Comparison_TrialFails_TheOthersGoOn()
    {
        _steps.TrainSlice = (training, _, _) => training.Model == "1a"
            ? throw new InvalidInputException("the loss is not a number.")
            : Task.FromResult(new TrainSliceResult(9, 9, Cancelled: false));

        var outcome = await RunAsync(TrialSampler.Random, trials: 3);

        Assert.Equal(["model1", "1a", "1b"], outcome.Trainings.Select(training => training.Model));
        Assert.Equal("the loss is not a number.", outcome.Trainings[1].Error);
        Assert.Equal(RunStatus.Completed, outcome.Status);
    }

    [Fact]
    public async Task Comparison_CancelledInARung_EndsWithoutAnotherRound()
    {
        _steps.TrainSlice = (training, _, _) => Task.FromResult(
            new TrainSliceResult(9, 9, Cancelled: training.Model.StartsWith('1')));

        var outcome = await RunAsync(TrialSampler.Tpe, trials: 9);

        Assert.Equal(RunStatus.Cancelled, outcome.Status);
        Assert.Single(_steps.Calls, call => call == "ProposeTrials");
    }

    /// <summary>The model itself is still training when the round fails.</summary>
    [Fact]
    public async Task Comparison_RoundCannotBeDrawn_FailsAfterTheModelHasEnded()
    {
        var release = new TaskCompletionSource();
        _steps.ProposeTrials = _ => throw new InvalidInputException("space: nothing can be trained.");
        _steps.TrainSlice = async (_, _, _) =>
        {
            await release.Task;
            return new TrainSliceResult(9, 9, Cancelled: false);
        };

        var running = RunAsync(TrialSampler.Random, trials: 3);

        Assert.False(running.IsCompleted);
        release.SetResult();
        var outcome = await running;
        Assert.Equal((RunStatus.Failed, "space: nothing can be trained."), (outcome.Status, outcome.Error));
        Assert.Contains("EvaluateModel model1", _steps.Calls);
    }

    private async Task<ComparisonOutcome> RunAsync(TrialSampler sampler, int trials)
    {
        _steps.Definition = Presets.Configure(
            new ComparisonOptions
            {
                Models = ["model1"],
                Epochs = new Dictionary<string, int> { ["model1"] = 9 },
                Search = new SearchOptions
                {
                    Space = new Dictionary<string, ParameterRange> { ["learningRate"] = new() { From = 1e-4, To = 1e-2 } },
                    Trials = trials,
                    Sampler = sampler,
                },
            },
            _ => 1);
        using var slots = new SemaphoreSlim(1);
        var context = new LocalWorkflowContext(
            _steps.Light, _steps, slots, new Progress<WorkflowProgress>(), TimeProvider.System, NullLogger.Instance,
            TestContext.Current.CancellationToken);
        return await ComparisonWorkflow.Comparison.RunAsync(context, new ComparisonInput("run"));
    }
}
