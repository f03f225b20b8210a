using ServerlessFashion.Registry;

namespace ServerlessFashion.Storage.Registry;

/// <summary>A promotion and its place in the history. Places count down, because a table lists the lowest key first.</summary>
internal sealed record PromotionEntry(long Place, Champion Champion);

/// <summary>What roll backs make of the promotions for one data set.</summary>
internal static class PromotionHistory
{
    /// <summary>The champion before the newest one of <paramref name="history"/>, as the entry of a roll back.</summary>
    public static Champion Before(List<PromotionEntry> history, DateTimeOffset now)
    {
        var stack = Stack(history);
        if (stack.Count < 2)
        {
            throw new InvalidInputException("champion: there is no earlier champion to go back to.");
        }

        var current = stack.Pop();
        return stack.Peek() with
        {
            PromotedAt = now,
            Cause = PromotionCause.RollBack,
            Reason = $"back from {current.Id}",
            PValue = null,
        };
    }

    /// <summary>The champions that roll backs can reach, with the current one on top.</summary>
    public static Stack<Champion> Stack(List<PromotionEntry> history)
    {
        // A roll back is an entry too: it restores one step further than the one before it did.
        var stack = new Stack<Champion>();
        foreach (var promotion in history.AsEnumerable().Reverse())
        {
            if (promotion.Champion.Cause == PromotionCause.RollBack)
            {
                stack.Pop();
            }
            else
            {
                stack.Push(promotion.Champion);
            }
        }

        return stack;
    }
}
