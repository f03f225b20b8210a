using System.Text.Json;
using ServerlessFashion.Cli.Local.Trainings;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Cli.Tests.Local.Trainings;

public class TrainingStepsTests
{
    private static readonly TrainingSteps Steps = new TrainingSteps()
        .Add(PipelineSteps.TrainSlice, () => new Slice())
        .Add(PipelineSteps.EvaluateModel, () => throw new InvalidOperationException("made without being asked for"));

    [Fact]
    public async Task Run_KnownStep_GivesTheResultOfItsHandler()
    {
        var request = JsonSerializer.Serialize(new TrainingId("run", "model1", 3), Json.Compact);

        var result = await Steps.RunAsync("TrainSlice", request, TestContext.Current.CancellationToken);

        Assert.Equal(new TrainSliceResult(3, 7, Cancelled: false), result.Deserialize<TrainSliceResult>(Json.Compact));
    }

    [Fact]
    public async Task Run_UnknownStep_IsRefusedAndRunsNoOther() => Assert.Equal(
        "run-step: 'EvaluateModels' is not a step of this process; its steps are TrainSlice, EvaluateModel.",
        (await Assert.ThrowsAsync<InvalidInputException>(async () =>
            await Steps.RunAsync("EvaluateModels", "{}", TestContext.Current.CancellationToken))).Message);

    private sealed class Slice : IStepHandler<TrainingId, TrainSliceResult>
    {
        public Task<TrainSliceResult> RunAsync(TrainingId request, CancellationToken cancellation) =>
            Task.FromResult(new TrainSliceResult(request.Seed, 7, Cancelled: false));
    }
}
