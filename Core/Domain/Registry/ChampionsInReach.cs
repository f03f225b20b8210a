namespace ServerlessFashion.Registry;

/// <summary>The champion and the earlier champions to which rollbacks can return. Their runs cannot be deleted.</summary>
/// <param name="Champions">In the order of the rollbacks, the current one first; empty before the first promotion.</param>
public sealed record ChampionsInReach(IReadOnlyList<Champion> Champions)
{
    /// <param name="history">Every promotion, newest first.</param>
    public static ChampionsInReach Of(IEnumerable<Champion> history)
    {
        // A rollback is a promotion too: it restores one step further than the one before it did.
        var stack = new Stack<Champion>();
        foreach (var champion in history.Reverse())
        {
            if (champion.Cause == PromotionCause.RollBack)
            {
                stack.TryPop(out _);
            }
            else
            {
                stack.Push(champion);
            }
        }

        return new ChampionsInReach([.. stack]);
    }

    /// <summary>Why a run cannot be deleted: one sentence. Null for a run that holds none of these champions.</summary>
    public string? FindReasonToKeep(string runId)
    {
        if (Champions.FirstOrDefault(champion => champion.RunId == runId) is not { } needed)
        {
            return null;
        }

        return (needed == Champions[0], Champions.Count) switch
        {
            (true, 1) => $"run: {runId} holds the only champion {needed.Id}, with which predictions are made; it cannot be deleted.",
            (true, _) => $"run: {runId} holds the champion {needed.Id}, with which predictions are made; roll back first.",
            _ => $"run: {runId} holds the earlier champion {needed.Id}, to which a rollback can return; it cannot be deleted.",
        };
    }
}
