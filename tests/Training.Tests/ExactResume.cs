using ServerlessFashion.Training.Sessions;

namespace ServerlessFashion.Training.Tests;

internal static class ExactResume
{
    /// <summary>
    /// Trains once without interruption, and once with a resumption after <paramref name="killAfter"/> epochs. Both must end with
    /// the same bits.
    /// </summary>
    public static void Check(TrainingRequest request, int killAfter)
    {
        using var whole = TrainingSession.Start(request);
        whole.RunAll();

        using var checkpoint = new MemoryStream();
        using (var killed = TrainingSession.Start(request))
        {
            for (var i = 0; i < killAfter; i++)
            {
                killed.RunEpoch(null, TestContext.Current.CancellationToken);
            }

            killed.SaveCheckpoint(checkpoint);
        }

        checkpoint.Position = 0;
        using var resumed = TrainingSession.Resume(request, checkpoint);
        Assert.Equal(killAfter, resumed.Epoch);
        resumed.RunAll();

        Assert.Equal(whole.History, resumed.History);
        var (expected, found) = (whole.ReadTensors(), resumed.ReadTensors());
        Assert.Equal(expected.Keys, found.Keys);
        Assert.All(expected, tensor => Assert.Equal(tensor.Value.Values, found[tensor.Key].Values));
    }
}
