namespace ServerlessFashion.Runs;

/// <summary>The status of a run as requests, lists and messages write it.</summary>
public static class RunStatusText
{
    /// <summary>E.g. <c>running</c>.</summary>
    public static string Describe(this RunStatus status) => status.ToString().ToLowerInvariant();
}
