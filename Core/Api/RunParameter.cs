namespace ServerlessFashion.Api;

/// <summary>The path parameter that names a run, see <see cref="Application.RunReferences"/>.</summary>
internal static class RunParameter
{
    public const string Description =
        "Id of a run, the beginning of an id that no other run has, `latest` for the newest run, or the name of one run alone.";
}
