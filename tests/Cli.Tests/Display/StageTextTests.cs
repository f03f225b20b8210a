using ServerlessFashion.Cli.Display;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Cli.Tests.Display;

public sealed class StageTextTests
{
    [Theory]
    [InlineData("preparing data", "preparing data", 0, 0)]
    [InlineData("training (1 of 2 trainings done)", "training", 1, 2)]
    [InlineData("cancelled (0 of 1 training done)", "Cancelled", 0, 1)]
    public void Of_Progress_CountsWhatIsDone(string expected, string stage, int done, int trainings) =>
        Assert.Equal(expected, StageText.Of(new WorkflowProgress(stage, done, trainings)));
}
