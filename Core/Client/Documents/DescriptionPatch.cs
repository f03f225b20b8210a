using ServerlessFashion.Runs;

namespace ServerlessFashion.Client.Documents;

/// <summary>The body of a request that changes what people write on a run: the fields that change.</summary>
internal static class DescriptionPatch
{
    public static IReadOnlyDictionary<string, object?> Between(RunDescription before, RunDescription after)
    {
        var patch = new Dictionary<string, object?>();
        if (after.Name != before.Name)
        {
            patch["name"] = after.Name;
        }

        if (!after.Tags.SequenceEqual(before.Tags))
        {
            patch["tags"] = after.Tags;
        }

        if (after.Notes != before.Notes)
        {
            patch["notes"] = after.Notes;
        }

        return patch;
    }
}
