using ServerlessFashion.Runs;

namespace ServerlessFashion.Pipeline.Tests;

public class StepRegistryTests
{
    [Fact]
    public void Get_StepWithoutAHandler_NamesIt()
    {
        var registry = new StepRegistry().Add(PipelineSteps.TrainSlice, new Handler<TrainingId, TrainSliceResult>());

        Assert.Equal(
            "step: EvaluateModel has no handler in this process.",
            Assert.Throws<InvalidOperationException>(() => registry.Get(PipelineSteps.EvaluateModel)).Message);
    }

    [Fact]
    public void Add_StepTwice_IsRefused()
    {
        var registry = new StepRegistry().Add(PipelineSteps.WriteReport, new Handler<RunRequest, WrittenReport>());

        Assert.Equal(
            "step: WriteReport is registered twice.",
            Assert.Throws<InvalidOperationException>(
                () => registry.Add(PipelineSteps.WriteReport, new Handler<RunRequest, WrittenReport>())).Message);
    }

    [Fact]
    public void RequireAll_StepOfTheKindWithoutAHandler_NamesIt()
    {
        var registry = new StepRegistry()
            .Add(PipelineSteps.FitEpochs, new Handler<RunRequest, RunConfiguration>())
            .Add(PipelineSteps.TrainSlice, new Handler<TrainingId, TrainSliceResult>());

        Assert.Equal(
            "step: EvaluateModel has no handler in this process.",
            Assert.Throws<InvalidOperationException>(() => registry.RequireAll(StepKind.Training)).Message);
        registry.Add(PipelineSteps.EvaluateModel, new Handler<TrainingId, EvaluatedModel>()).RequireAll(StepKind.Training);
    }

    [Fact]
    public void NamesOf_BothKinds_AreEveryStepOfThePipeline() => Assert.Equal(
        typeof(PipelineSteps).GetProperties().Select(step => step.Name).Order(),
        PipelineSteps.NamesOf(StepKind.Light).Concat(PipelineSteps.NamesOf(StepKind.Training)).Order());

    private sealed class Handler<TRequest, TResult> : IStepHandler<TRequest, TResult>
    {
        public Task<TResult> RunAsync(TRequest request, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
