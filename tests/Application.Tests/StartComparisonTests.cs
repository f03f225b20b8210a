using ServerlessFashion.Devices;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class StartComparisonTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WithoutAKey_NamesTheRunByTimeAndRandomBytes()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var first = await StartAsync(test, TestApplication.Define(), namesDevice: true, key: null);
        var second = await StartAsync(test, TestApplication.Define(), namesDevice: true, key: null);

        Assert.Equal(("20260301-120000-00010203", "20260301-120000-04050607"), (first.Id, second.Id));
        Assert.Equal([first.Id, second.Id], test.Host.Started.Select(run => run.Id));
        Assert.Equal(RunStatus.Pending, (await test.Runs.GetAsync(first.Id, Cancellation)).Status);
    }

    /// <summary>The process that stored the run may have died before it started it.</summary>
    [Fact]
    public async Task Start_SameKeyWhileItHasNotEnded_StartsTheSameRunAgain()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var first = await StartAsync(test, TestApplication.Define(), namesDevice: true, "key");
        var second = await StartAsync(test, TestApplication.Define(), namesDevice: true, "key");

        Assert.Equal(first.Id, second.Id);
        Assert.Equal([first.Id, first.Id], test.Host.Started.Select(run => run.Id));
    }

    [Fact]
    public async Task Start_SameKeyOnAMachineWithOtherThreads_GivesTheSameRun()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var first = await StartAsync(test, TestApplication.Define(), namesDevice: true, "key");
        var second = await StartAsync(test, With(run => run with { ThreadsPerTraining = 7 }), namesDevice: true, "key");

        Assert.Equal(first.Id, second.Id);
    }

    /// <summary>A device that the request does not name is the host's, which may have another one after a restart.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_SameKeyOnAHostWithAnotherDevice_IsTheSameUnlessTheRequestNamesIt(bool namesDevice)
    {
        var test = await TestApplication.CreateAsync(azurite);
        var onGpu = With(run => run with { Device = DeviceChoice.Cuda });
        var onCpu = With(run => run with { Device = DeviceChoice.Cpu });
        var first = await StartAsync(test, onGpu, namesDevice, "key");

        var again = () => StartAsync(test, onCpu, namesDevice, "key");

        if (namesDevice)
        {
            Assert.Equal(Refusal.KeyReused, (await Assert.ThrowsAsync<RefusedException>(again)).Reason);
        }
        else
        {
            Assert.Equal(first.Id, (await again()).Id);
        }
    }

    [Fact]
    public async Task Start_SameKeyForAnotherConfiguration_IsRefused()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await StartAsync(test, TestApplication.Define("model1"), namesDevice: true, "key");

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => StartAsync(test, TestApplication.Define("model3"), namesDevice: true, "key"));

        Assert.Equal(Refusal.KeyReused, refused.Reason);
        Assert.Single(test.Host.Started);
    }

    [Fact]
    public async Task Start_KeyOfAHalfDeletedRun_IsRefusedWithTheRemedy()
    {
        var test = await TestApplication.CreateAsync(azurite);
        var run = await StartAsync(test, TestApplication.Define(), namesDevice: true, "key");
        await test.Application.Cancel.CancelAsync(run.Id, Cancellation);
        Assert.True(await test.Runs.HideAsync(run.Id, Cancellation));

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => StartAsync(test, TestApplication.Define(), namesDevice: true, "key"));

        Assert.Equal(
            (Refusal.Conflict, $"Idempotency-Key: run {run.Id} of 'key' is half deleted; delete it once more, then start it."),
            (refused.Reason, refused.Message));
    }

    private static Task<RunRecord> StartAsync(TestApplication test, RunDefinition definition, bool namesDevice, string? key) =>
        test.Application.Start.StartAsync(definition, RunDescription.None, namesDevice, key, Cancellation);

    private static RunDefinition With(Func<RunConfiguration, RunConfiguration> change)
    {
        var run = TestApplication.Define();
        return run with { Configuration = change(run.Configuration) };
    }
}
