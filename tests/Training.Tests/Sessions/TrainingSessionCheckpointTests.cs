using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests.Sessions;

/// <summary>The checkpoints of a session, and those of other trainings.</summary>
public class TrainingSessionCheckpointTests
{
    public static TheoryData<string, string> Differences => new()
    {
        { "seed", "checkpoint: it belongs to another training: seed should be 8, found 7." },
        { "threads", "checkpoint: it belongs to another training: threads should be 2, found 1." },
        { "data", "checkpoint: it belongs to another training: data SHA-256 should be other, found sha-of-tiny." },
        { "images", "checkpoint: it belongs to another training: training images should be 49, found 50." },
        {
            "run",
            """checkpoint: it belongs to another training: run configuration should be {"preset":"other"}, found {"preset":"tiny"}."""
        },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Resume_CheckpointOfAnotherTraining_IsRefusedWithTheDifference(string difference, string message)
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        using var checkpoint = session.Save();
        var same = Tiny.Request(Tiny.Spec);
        var other = difference switch
        {
            "seed" => same with { Seed = 8 },
            "threads" => same with { Threads = 2 },
            "data" => same with { Data = same.Data with { Sha256 = "other" } },
            "images" => same with { Data = same.Data with { Train = Tiny.Images(49, 1) } },
            _ => same with { RunConfigurationJson = """{"preset":"other"}""" },
        };

        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => TrainingSession.Resume(other, checkpoint)).Message);
    }

    [Fact]
    public void Resume_OtherBatchSize_IsRefused()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        using var checkpoint = session.Save();
        var request = Tiny.Request(Tiny.Spec);
        request = request with { Configuration = request.Configuration with { BatchSize = 17 } };

        Assert.Contains(
            "model configuration", Assert.Throws<InvalidInputException>(() => TrainingSession.Resume(request, checkpoint)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_SameConfigurationWrittenDifferently_IsAccepted()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        using var checkpoint = session.Save();

        using var resumed = TrainingSession.Resume(
            Tiny.Request(Tiny.Spec) with { RunConfigurationJson = "{ \"preset\": \"tiny\" }" }, checkpoint);

        Assert.Equal(0, resumed.Epoch);
    }

    [Fact]
    public void SaveCheckpoint_Header_IsReadWithoutTensors()
    {
        using var session = TrainingSession.Start(Tiny.Request(Tiny.Spec));
        session.RunAll();
        using var checkpoint = session.Save();

        var header = CheckpointFile.ReadHeader(checkpoint);

        Assert.Equal((4, session.BestEpoch, 1), (header.Epoch, header.BestEpoch, header.Phase));
        Assert.Equal(session.History, header.History);
        Assert.Equal("""{"preset":"tiny"}""", header.RunConfigurationJson);
        Assert.Equal(2 * 4, header.OptimizerSteps);
        Assert.True(checkpoint.Position < checkpoint.Length / 2);
    }
}
