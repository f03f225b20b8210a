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

        var first = await test.Application.Start.StartAsync(TestApplication.Define(), namesDevice: true, key: null, Cancellation);
        var second = await test.Application.Start.StartAsync(TestApplication.Define(), namesDevice: true, key: null, Cancellation);

        Assert.Equal(("20260301-120000-00010203", "20260301-120000-04050607"), (first.Id, second.Id));
        Assert.Equal([first.Id, second.Id], test.Host.Started.Select(run => run.Id));
        Assert.Equal(RunStatus.Pending, (await test.Runs.GetAsync(first.Id, Cancellation)).Status);
    }

    /// <summary>The process that stored the run may have died before it started it.</summary>
    [Fact]
    public async Task Start_SameKeyWhileItHasNotEnded_StartsTheSameRunAgain()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var first = await test.Application.Start.StartAsync(TestApplication.Define(), namesDevice: true, "key", Cancellation);
        var second = await test.Application.Start.StartAsync(TestApplication.Define(), namesDevice: true, "key", Cancellation);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal([first.Id, first.Id], test.Host.Started.Select(run => run.Id));
    }

    [Fact]
    public async Task Start_SameKeyOnAMachineWithOtherThreads_GivesTheSameRun()
    {
        var test = await TestApplication.CreateAsync(azurite);

        var first = await test.Application.Start.StartAsync(TestApplication.Define(), namesDevice: true, "key", Cancellation);
        var second = await test.Application.Start.StartAsync(
            With(run => run with { ThreadsPerTraining = 7 }), namesDevice: true, "key", Cancellation);

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
        var first = await test.Application.Start.StartAsync(onGpu, namesDevice, "key", Cancellation);

        var again = () => test.Application.Start.StartAsync(onCpu, namesDevice, "key", Cancellation);

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
        await test.Application.Start.StartAsync(TestApplication.Define("model1"), namesDevice: true, "key", Cancellation);

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => test.Application.Start.StartAsync(TestApplication.Define("model3"), namesDevice: true, "key", Cancellation));

        Assert.Equal(Refusal.KeyReused, refused.Reason);
        Assert.Single(test.Host.Started);
    }

    [Fact]
    public async Task Start_KeyOfAHalfDeletedRun_IsRefusedWithTheRemedy()
    {
        var test = await TestApplication.CreateAsync(azurite);
        var run = await test.Application.Start.StartAsync(TestApplication.Define(), namesDevice: true, "key", Cancellation);
        await test.Application.Cancel.CancelAsync(run.Id, Cancellation);
        Assert.True(await test.Runs.HideAsync(run.Id, Cancellation));

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => test.Application.Start.StartAsync(TestApplication.Define(), namesDevice: true, "key", Cancellation));

        Assert.Equal(
            (Refusal.Conflict, $"Idempotency-Key: run {run.Id} of 'key' is half deleted; delete it once more, then start it."),
            (refused.Reason, refused.Message));
    }

    private static RunDefinition With(Func<RunConfiguration, RunConfiguration> change)
    {
        var run = TestApplication.Define();
        return run with { Configuration = change(run.Configuration) };
    }
}
