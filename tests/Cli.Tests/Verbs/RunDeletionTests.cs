using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Verbs;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class RunDeletionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_RunThatIsRefusedMeanwhile_IsKeptAndTheOthersAreDeleted()
    {
        var runs = new Runs("b");

        var exitCode = await RunAsync(runs, keepsRefused: true);

        Assert.Equal((0, "a b c"), (exitCode, string.Join(' ', runs.Asked)));
    }

    [Fact]
    public async Task Run_NamedRunThatIsRefused_EndsTheDeletion()
    {
        var runs = new Runs("b");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => RunAsync(runs, keepsRefused: false));

        Assert.Equal(("run: b is in use.", "a b"), (refused.Message, string.Join(' ', runs.Asked)));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("https://fashion.test/api", " at https://fashion.test/api")]
    public async Task Run_WithoutYes_AsksAndNamesTheServer(string? server, string place)
    {
        var runs = new Runs("");
        var questions = new StringWriter();

        var exitCode = await RunAsync(runs, keepsRefused: true, new Confirmation(new StringReader("n"), questions, true), server);

        Assert.Equal(
            (130, $"Delete 3 runs{place} with all models and reports? This cannot be undone. [y/N] "), (exitCode, questions.ToString()));
        Assert.Empty(runs.Asked);
    }

    private static Task<int> RunAsync(Runs runs, bool keepsRefused, Confirmation? confirmation = null, string? server = null)
    {
        var deletion = new RunDeletion(
            runs, new WaitNotices(_ => { }, TimeProvider.System), new Output(json: true),
            confirmation ?? Confirmation.OfTerminal(), server);
        return deletion.RunAsync(
            "clean", () => runs.PlanDeletionAsync([], Cancellation), yes: confirmation is null, dryRun: false, keepsRefused, Cancellation);
    }

    /// <summary>Three runs, of which one cannot be deleted.</summary>
    private sealed class Runs(string refused) : IComparisonService
    {
        public List<string> Asked { get; } = [];

        public Task<DeletionPlan> PlanDeletionAsync(IEnumerable<string> texts, CancellationToken cancellation) =>
            Task.FromResult(new DeletionPlan([.. "abc".Select(id => new DeletableRun(Run($"{id}"), null))], []));

        public Task DeleteAsync(string id, CancellationToken cancellation)
        {
            Asked.Add(id);
            return id == refused
                ? Task.FromException(new RefusedException(Refusal.Conflict, $"run: {id} is in use."))
                : Task.CompletedTask;
        }

        public Task<DeletionPlan> PlanDeletionAsync(CleanRule rule, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Page<RunRecord>> ListAsync(
            RunFilter filter, RunOrder order, int top, string? continuation, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<RunConfiguration> GetConfigurationAsync(string id, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<ComparisonStatus> GetStatusAsync(string id, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<RunRecord> EditAsync(string id, Func<RunDescription, RunDescription> change, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<CancelResult> CancelAsync(string id, CancellationToken cancellation) => throw new NotSupportedException();

        private static RunRecord Run(string id) => new()
        {
            Id = id,
            Status = RunStatus.Failed,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Preset = "smoke",
            Models = ["model1"],
        };
    }
}
