using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Pipeline.Local;
using ServerlessFashion.Pipeline.Tests.Local;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Pipeline.Tests;

public class ComparisonWorkflowTests
{
    private readonly FakeSteps _steps = new();
    private readonly Progress _progress = new();

    private Task<ComparisonOutcome> RunAsync(params string[] models) => RunAsync(new ComparisonOptions { Models = models });

    private async Task<ComparisonOutcome> RunAsync(ComparisonOptions options)
    {
        _steps.Definition = Presets.Configure(options, _ => 1);
        using var slots = new SemaphoreSlim(1);
        var context = new LocalWorkflowContext(
            _steps.Light, _steps, slots, _progress, TimeProvider.System, NullLogger.Instance,
            TestContext.Current.CancellationToken);
        return await ComparisonWorkflow.Comparison.RunAsync(context, new ComparisonInput("run"));
    }

    [Fact]
    public async Task Comparison_OneModel_CallsEveryStepInOrder()
    {
        var outcome = await RunAsync("model1");

        Assert.Equal(
            [
                "RecordStatus", "PrepareData", "PlanTrainings", "TrainSlice model1", "TrainSlice model1", "TrainSlice model1",
                "EvaluateModel model1",
                "CompareModels", "WriteReport", "PromoteChampion", "RecordStatus",
            ],
            _steps.Calls);
        Assert.Equal([RunStatus.Running, RunStatus.Completed], _steps.Statuses);
        Assert.Equal("model1", outcome.Winner);
    }

    /// <summary>With one slot: what measures the machine must give it back.</summary>
    [Fact]
    public async Task Comparison_WithABudget_FitsTheEpochsOnceTheDataAreThereAndTrainsThen()
    {
        var options = new ComparisonOptions { Preset = "report", Models = ["model1"], Budget = "30m" };
        var paces = new Dictionary<string, TrainingPace> { ["model1"] = new([10], 0) };
        _steps.FitEpochs = _ => Fit(EpochFitting.Fit(_steps.Definition.Configuration, paces, 1, TimeSpan.FromMinutes(1)));

        var outcome = await RunAsync(options);

        Assert.Equal(
            ["RecordStatus", "PrepareData", "PlanTrainings", "FitEpochs", "PlanTrainings", "TrainSlice model1"], _steps.Calls.Take(6));
        Assert.Equal("model1", outcome.Winner);

        RunConfiguration Fit(RunConfiguration fitted)
        {
            _steps.Definition = _steps.Definition with { Configuration = fitted };
            return fitted;
        }
    }

    [Fact]
    public async Task Comparison_WithAnEnsemble_LetsItsTrainedMembersVoteBeforeTheComparison()
    {
        var outcome = await RunAsync(new ComparisonOptions
        {
            Preset = "best",
            Models = ["strong"],
            Seeds = 3,
            Epochs = new Dictionary<string, int> { ["strong"] = 3 },
        });

        var calls = _steps.Calls.ToList();
        Assert.Equal(calls.IndexOf("EvaluateEnsemble ensemble: strong 1, strong 2, strong 3") + 1, calls.IndexOf("CompareModels"));
        Assert.Equal(["strong", "strong", "strong", "ensemble"], outcome.Trainings.Select(training => training.Model));
        Assert.Equal("ensemble", outcome.Winner);
    }

    [Fact]
    public async Task Comparison_EnsembleWithOneTrainedMember_HasNoVote()
    {
        await RunAsync(new ComparisonOptions { Preset = "best", Models = ["strong"], Seeds = 1 });

        Assert.DoesNotContain(_steps.Calls, call => call.StartsWith("EvaluateEnsemble", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Comparison_TwoModelsAndOneSlot_TrainsTheLongerOneFirstAndWhole()
    {
        await RunAsync("model1", "model4");

        Assert.Equal(
            ["model4", "model4", "model4", "model4", "model1", "model1", "model1", "model1"],
            _steps.Calls.Where(call => call.Contains(' ', StringComparison.Ordinal)).Select(call => call.Split(' ')[1]));
    }

    [Fact]
    public async Task Comparison_OneModelFails_TheOthersAreComparedAndTheFailureIsKept()
    {
        _steps.TrainSlice = (request, epoch, _) => request.Model == "model4"
            ? throw new InvalidInputException("model4: no.")
            : Task.FromResult(new TrainSliceResult(epoch, 1, Cancelled: false));

        var outcome = await RunAsync("model1", "model4");

        Assert.Equal(RunStatus.Completed, outcome.Status);
        Assert.Equal("model1", outcome.Winner);
        Assert.Equal("model4: no.", Assert.Single(outcome.Trainings, training => training.Model == "model4").Error);
        Assert.Equal(new WorkflowProgress("Completed", 1, 2), _progress.Reports[^1]);
        Assert.Equal(
            outcome.Trainings.OrderBy(training => training.Model, StringComparer.Ordinal),
            _progress.Reports.Select(report => report.Ended).OfType<TrainingOutcome>()
                .OrderBy(ended => ended.Model, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Comparison_EveryModelFails_IsFailedWithAReport()
    {
        _steps.TrainSlice = (_, _, _) => throw new InvalidInputException("no.");

        var outcome = await RunAsync("model1");

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains("WriteReport", _steps.Calls);
        Assert.DoesNotContain("PromoteChampion", _steps.Calls);
    }

    [Fact]
    public async Task Comparison_DataCannotBePrepared_IsFailedWithTheReason()
    {
        _steps.PrepareData = () => throw new InvalidInputException("Fashion-MNIST: not found.");

        var outcome = await RunAsync("model1");

        Assert.Equal((RunStatus.Failed, "Fashion-MNIST: not found."), (outcome.Status, outcome.Error));
        Assert.DoesNotContain(_steps.Calls, call => call.StartsWith("TrainSlice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Comparison_ATrainingSeesTheCancelFlag_IsCancelledWithoutAReport()
    {
        _steps.TrainSlice = (_, epoch, _) => Task.FromResult(new TrainSliceResult(epoch, 3, Cancelled: true));

        var outcome = await RunAsync("model1");

        Assert.Equal(RunStatus.Cancelled, outcome.Status);
        Assert.Equal([RunStatus.Running, RunStatus.Cancelled], _steps.Statuses);
        Assert.DoesNotContain("WriteReport", _steps.Calls);
        Assert.Equal(new WorkflowProgress("Cancelled", 0, 1), _progress.Reports[^1]);
    }

    /// <summary>Cancelled between its start and its beginning: it must not become running again.</summary>
    [Fact]
    public async Task Comparison_RunWasCancelledBeforeItBegan_DoesNothing()
    {
        _steps.StatusAfter = _ => RunStatus.Cancelled;

        var outcome = await RunAsync("model1");

        Assert.Equal(RunStatus.Cancelled, outcome.Status);
        Assert.Equal(["RecordStatus"], _steps.Calls);
    }

    private sealed class Progress : IProgress<WorkflowProgress>
    {
        public List<WorkflowProgress> Reports { get; } = [];

        public void Report(WorkflowProgress value) => Reports.Add(value);
    }
}
