using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class EditComparisonTests
{
    private readonly TestApplication _test = TestApplication.Create(MemoryStorage.Connect());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Edit_RunThatEndsMeanwhile_KeepsBothChanges()
    {
        await _test.AddRunAsync("run", RunStatus.Running);
        var first = true;

        var edited = await _test.Application.Edit.EditAsync(
            "run",
            run =>
            {
                if (first)
                {
                    first = false;
                    _test.Runs.UpdateAsync("run", stored => stored with { Status = RunStatus.Completed, Winner = "model1" }, Cancellation)
                        .GetAwaiter().GetResult();
                }

                return run.WithTags(run.Tags.Append("done"));
            },
            Cancellation);

        Assert.Equal((RunStatus.Completed, "model1", "done"), (edited.Status, edited.Winner, Assert.Single(edited.Description.Tags)));
        Assert.Equal(["done"], (await _test.Runs.GetAsync("run", Cancellation)).Description.Tags);
    }

    [Fact]
    public async Task Edit_RunThatIsResumed_KeepsItsDescription()
    {
        await _test.AddRunAsync("run", RunStatus.Cancelled);
        await _test.Application.Edit.EditAsync("run", _ => RunDescription.Of("name", ["tag"], "notes"), Cancellation);

        var resumed = (await _test.Application.Resume.ResumeAsync("run", Cancellation)).Run;

        Assert.Equal(("name", "notes"), (resumed.Description.Name, resumed.Description.Notes));
        Assert.Equal(["tag"], resumed.Description.Tags);
    }

    [Fact]
    public async Task Edit_BadText_ChangesNothing()
    {
        await _test.AddRunAsync("run", RunStatus.Completed);

        await Assert.ThrowsAsync<InvalidInputException>(
            () => _test.Application.Edit.EditAsync("run", run => run.WithName("name").WithTags(["two words"]), Cancellation));

        Assert.Null((await _test.Runs.GetAsync("run", Cancellation)).Description.Name);
    }
}
