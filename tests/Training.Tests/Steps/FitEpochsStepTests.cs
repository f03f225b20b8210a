using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

/// <summary>
/// A clock that every look moves by a second, or a quarter of one, makes an epoch of any number of batches take exactly that.
/// </summary>
public class FitEpochsStepTests
{
    private static readonly RunRequest Request = new(StoredRun.Id);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// 1,600 images are 6.25 times the four batches of 64 that are measured in one second. An epoch takes 6.25 s, what
    /// happens once 6 s and the evaluation of 1,600 + 400 + 1,000 images 5.86 s. Of 110 s the clock's first look takes one
    /// and the ending 10; of 99 s 85 %, 84.15 s, hold 11 epochs (80.6 s) and not 12 (86.9 s).
    /// </summary>
    [Fact]
    public async Task Run_ABudget_ChoosesTheEpochsThatFitAndStoresThem()
    {
        await using var run = await BudgetedAsync(TimeSpan.FromSeconds(110));
        var step = run.FitEpochs(_ => new TrainingSlots(1, 1), new SecondHand(Start));

        var fitted = await step.RunAsync(Request, Cancellation);
        var again = await step.RunAsync(Request, Cancellation);
        var stored = await new RunDefinitions(run.Storage).GetAsync(StoredRun.Id, Cancellation);

        Assert.Equal(11, fitted.Models.Single().TotalEpochs);
        Assert.Equal([100], fitted.RecipeEpochs!["model1"]);
        Assert.Equal(11, again.Models.Single().TotalEpochs);
        Assert.Equal(11, stored.Configuration.Models.Single().TotalEpochs);
    }

    /// <summary>
    /// Four batches of 64 in a quarter of a second are soon done, so four times as many images, 1,024, are measured; the clock
    /// gives them a quarter of a second as well. An epoch of 1,600 then takes .391 s and the evaluation of 3,000 .366 s. Of
    /// 40 s one and ten are gone; of 29 s 85 %, 24.65 s, hold 46 epochs (24.3 s) and not 47 (24.7 s). By the first
    /// measurement alone, 1.56 s an epoch, it would be 10.
    /// </summary>
    [Fact]
    public async Task Run_BatchesThatAreSoonDone_MeasuresMoreOfThem()
    {
        await using var run = await BudgetedAsync(TimeSpan.FromSeconds(40));

        var fitted = await run.FitEpochs(_ => new TrainingSlots(1, 1), new SecondHand(Start, looksASecond: 4))
            .RunAsync(Request, Cancellation);

        Assert.Equal(46, fitted.Models.Single().TotalEpochs);
    }

    [Fact]
    public async Task Run_TwoThatShareTheMachineAndAllTheTime_KeepsTheRecipe()
    {
        await using var run = await BudgetedAsync(TimeSpan.FromDays(7), StartedNow);

        var fitted = await run.FitEpochs(_ => new TrainingSlots(2, 2), TimeProvider.System).RunAsync(Request, Cancellation);

        Assert.Equal(100, fitted.Models.Single().TotalEpochs);
        Assert.Equal([100], fitted.RecipeEpochs!["model1"]);
    }

    /// <summary>The same as the first test, for a run that was started long ago and interrupted before its epochs were fitted.</summary>
    [Fact]
    public async Task Run_ContinuedLongAfterItsStart_HasTheWholeBudget()
    {
        await using var run = await BudgetedAsync(TimeSpan.FromSeconds(110), Start.AddDays(-1));
        await AddedRun.StoreOn(run.Storage).UpdateAsync(StoredRun.Id, found => found with { BegunAt = Start }, Cancellation);

        var fitted = await run.FitEpochs(_ => new TrainingSlots(1, 1), new SecondHand(Start)).RunAsync(Request, Cancellation);

        Assert.Equal(11, fitted.Models.Single().TotalEpochs);
    }

    /// <summary>Of five seconds less than nothing is left, since the ending alone takes ten.</summary>
    [Theory]
    [InlineData(20, "7s")]
    [InlineData(5, "0s")]
    public async Task Run_TooLittleTime_IsRefused(int seconds, string left)
    {
        await using var run = await BudgetedAsync(TimeSpan.FromSeconds(seconds));

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => run.FitEpochs(_ => new TrainingSlots(1, 1), new SecondHand(Start)).RunAsync(Request, Cancellation));

        Assert.StartsWith(
            $"budget: {seconds}s is too short: preparation and report leave {left} of it for training, and one epoch of each phase of "
                + "model1 takes about ",
            refused.Message,
            StringComparison.Ordinal);
    }

    private static DateTimeOffset Start => DateTimeOffset.UnixEpoch;

    private static DateTimeOffset StartedNow => TimeProvider.System.GetUtcNow();

    private static async Task<StoredRun> BudgetedAsync(TimeSpan budget, DateTimeOffset? started = null)
    {
        var run = await StoredRun.CreateAsync(epochs: 100, sliceEpochs: 1, budget: budget);
        await AddedRun.StoreOn(run.Storage).UpdateAsync(StoredRun.Id, found => found with { StartedAt = started ?? Start }, Cancellation);
        return run;
    }

    private sealed class SecondHand(DateTimeOffset start, long looksASecond = 1) : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => looksASecond;

        public override long GetTimestamp() => ++_looks;

        public override DateTimeOffset GetUtcNow() => start.AddSeconds(1);
    }
}
