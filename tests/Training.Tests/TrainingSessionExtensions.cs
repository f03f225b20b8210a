using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests;

internal static class TrainingSessionExtensions
{
    /// <summary>Runs the remaining epochs, and returns the rows of all epochs.</summary>
    public static IReadOnlyList<EpochRow> RunAll(this TrainingSession session)
    {
        while (!session.Finished)
        {
            session.RunEpoch(null, TestContext.Current.CancellationToken);
        }

        return session.History;
    }

    /// <summary>A checkpoint, ready to be read.</summary>
    public static MemoryStream Save(this TrainingSession session)
    {
        var stream = new MemoryStream();
        session.SaveCheckpoint(stream);
        stream.Position = 0;
        return stream;
    }

    public static IReadOnlyDictionary<string, WeightTensor> ReadWeights(this TrainingSession session)
    {
        using var checkpoint = session.Save();
        return ModelEvaluator.ReadWeights(checkpoint);
    }

    /// <summary>Everything that a checkpoint keeps: weights, optimizer moments and the losses of the images.</summary>
    public static Dictionary<string, WeightTensor> ReadTensors(this TrainingSession session)
    {
        using var checkpoint = session.Save();
        return new(SafetensorsReader.Open(checkpoint, "checkpoint").ReadTensors(_ => true));
    }
}
