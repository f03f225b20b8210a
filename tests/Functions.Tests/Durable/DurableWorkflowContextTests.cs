using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Functions.Tests.Durable;

public sealed class DurableWorkflowContextTests
{
    private static readonly TrainSliceResult Trained = new(10, 10, Cancelled: false);

    private static readonly Workflow<TrainingId, TrainSliceResult> Wait = new(
        "Wait", (context, request) => context.CallStepAsync(PipelineSteps.TrainSlice, request, TimeSpan.FromMilliseconds(200)));

    [Fact]
    public async Task Comparison_EveryStepSucceeds_CallsEachOnceAndCompletes()
    {
        var pipeline = new FakePipeline();
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, progress) = await host.CompareAsync("happy");

        Assert.Equal((RunStatus.Completed, "model3", null), (outcome.Status, outcome.Winner, outcome.Error));
        Assert.Equal(new WorkflowProgress("Completed", 2, 2), progress);
        Assert.Equal(
            [
                "CompareModels", "EvaluateModel model1", "EvaluateModel model3", "PlanTrainings", "PrepareData",
                "PromoteChampion",
                "RecordStatus Completed", "RecordStatus Running", "TrainSlice model1", "TrainSlice model3", "WriteReport",
            ],
            pipeline.Calls.Order(StringComparer.Ordinal));
        Assert.Equal(["RecordStatus Running", "PrepareData"], pipeline.Calls.Take(2));
    }

    [Fact]
    public async Task Comparison_EveryStepSucceeds_TrainingsHaveTheIdOfTheirRun()
    {
        await using var host = await DurableHost.StartAsync(new FakePipeline { Definition = SmallRuns.Define("model1") });

        await host.CompareAsync("named");

        var training = await host.Client.GetInstanceAsync("named:model1:seed-1", TestContext.Current.CancellationToken);
        Assert.Equal(("TrainModel", OrchestrationRuntimeStatus.Completed), (training?.Name, training?.RuntimeStatus));
    }

    [Fact]
    public async Task Comparison_OneModelFails_ComparesTheOthers()
    {
        var pipeline = new FakePipeline
        {
            TrainSlice = (request, _) =>
                request.Model == "model1" ? throw new InvalidOperationException("no memory left") : Task.FromResult(Trained),
        };
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, _) = await host.CompareAsync("one-fails");

        Assert.Equal((RunStatus.Completed, "model3"), (outcome.Status, outcome.Winner));
        Assert.Equal(
            [("model1", "TrainSlice failed 3 times: no memory left"), ("model3", null)],
            outcome.Trainings.OrderBy(training => training.Model).Select(training => (training.Model, training.Error)));
    }

    [Fact]
    public async Task Comparison_EveryModelFails_FailsWithAReport()
    {
        var pipeline = new FakePipeline { EvaluateModel = (_, _) => throw new InvalidInputException("the weights are gone") };
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, _) = await host.CompareAsync("all-fail");

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.All(outcome.Trainings, training => Assert.Equal("the weights are gone", training.Error));
        Assert.Contains("WriteReport", pipeline.Calls);
    }

    [Fact]
    public async Task Comparison_SliceSawTheCancelFlag_EndsCancelledWithoutComparing()
    {
        var pipeline = new FakePipeline { TrainSlice = (_, _) => Task.FromResult(new TrainSliceResult(3, 10, Cancelled: true)) };
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, _) = await host.CompareAsync("cancelled");

        Assert.Equal(RunStatus.Cancelled, outcome.Status);
        Assert.Equal("RecordStatus Cancelled", pipeline.Calls.Last());
        Assert.DoesNotContain("CompareModels", pipeline.Calls);
        Assert.DoesNotContain(pipeline.Calls, call => call.StartsWith("EvaluateModel", StringComparison.Ordinal));
    }

    /// <summary>The row of the run must not stay "running".</summary>
    [Fact]
    public async Task Comparison_FittingGivesNoAnswerByTheDeadline_RecordsTheFailure()
    {
        var never = new TaskCompletionSource<RunConfiguration>();
        StatusChange? recorded = null;
        var definition = Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = ["model1"], Budget = "30m" }, _ => 1);
        var pipeline = new FakePipeline
        {
            Definition = definition with { Configuration = definition.Configuration with { SliceTimeoutMinutes = 0 } },
            FitEpochs = (_, _) => never.Task,
            RecordStatus = (change, _) =>
            {
                recorded = change;
                return Task.FromResult(new RecordedStatus(change.Status, change.Winner, change.Error));
            },
        };
        await using var host = await DurableHost.StartAsync(pipeline);

        var end = await host.RunAsync(ComparisonWorkflow.Comparison.Name, new ComparisonInput("late-fit"), "late-fit");
        never.SetCanceled(TestContext.Current.CancellationToken);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal(
            new StatusChange("late-fit", RunStatus.Failed, null, "FitEpochs gave no answer within 00:00:00."), recorded);
    }

    [Fact]
    public async Task CallStep_NoAnswerByTheDeadline_EndsTheWorkflowThatWaits()
    {
        var never = new TaskCompletionSource<TrainSliceResult>();
        await using var host = await DurableHost.StartAsync(
            new FakePipeline { TrainSlice = (_, _) => never.Task },
            tasks => tasks
                .AddOrchestratorFunc<TrainingId, TrainSliceResult>(
                    "Wait", (context, request) => new DurableWorkflowContext(context, DurableHost.Timings).RunAsync(Wait, request))
                .AddOrchestratorFunc<TrainingId, string>(
                    "Call", (context, request) => CallAsync(new DurableWorkflowContext(context, DurableHost.Timings), request)));

        var caller = await host.RunAsync("Call", new TrainingId("run", "model1", 1), "deadline");
        var waiter = await host.Client.GetInstanceAsync("deadline:child", getInputsAndOutputs: true, TestContext.Current.CancellationToken);
        never.SetCanceled(TestContext.Current.CancellationToken);

        Assert.Equal(
            "Wait child failed: it was terminated, by hand or because one of its steps gave no answer in time.",
            caller.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, waiter?.RuntimeStatus);
        Assert.Equal("TrainSlice gave no answer within 00:00:00.2000000", waiter?.ReadOutputAs<string>());

        static async Task<string> CallAsync(IWorkflowContext context, TrainingId request)
        {
            try
            {
                return (await context.CallWorkflowAsync(Wait, "child", request)).ToString();
            }
            catch (StepFailedException e)
            {
                return e.Message;
            }
        }
    }

    [Fact]
    public async Task Comparison_OneTrainingIsTerminated_ComparesTheOthers()
    {
        var started = new TaskCompletionSource();
        var never = new TaskCompletionSource<TrainSliceResult>();
        var pipeline = new FakePipeline
        {
            TrainSlice = (request, _) =>
            {
                if (request.Model != "model1")
                {
                    return Task.FromResult(Trained);
                }

                started.SetResult();
                return never.Task;
            },
        };
        await using var host = await DurableHost.StartAsync(pipeline);

        var comparing = host.CompareAsync("terminated");
        await started.Task;
        await host.Client.TerminateInstanceAsync("terminated:model1:seed-1", "by hand", TestContext.Current.CancellationToken);
        var (outcome, _) = await comparing;
        never.SetCanceled(TestContext.Current.CancellationToken);

        Assert.Equal((RunStatus.Completed, "model3"), (outcome.Status, outcome.Winner));
        Assert.StartsWith(
            "TrainModel model1/seed-1 failed: it was terminated",
            outcome.Trainings.Single(training => training.Model == "model1").Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAgain_SeveralSlices_TrainsOnUntilFinished()
    {
        var pipeline = new FakePipeline
        {
            Definition = SmallRuns.Define("model1"),
            TrainSlice = (_, attempt) => Task.FromResult(new TrainSliceResult(10 * attempt, 25, Cancelled: false)),
        };
        await using var host = await DurableHost.StartAsync(pipeline);

        var (outcome, _) = await host.CompareAsync("slices");

        Assert.Equal(RunStatus.Completed, outcome.Status);
        Assert.Equal(3, pipeline.Calls.Count(call => call == "TrainSlice model1"));
        Assert.Equal(1, pipeline.Calls.Count(call => call == "EvaluateModel model1"));
    }
}
