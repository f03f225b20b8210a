using System.CommandLine;

namespace ServerlessFashion.Cli.Options;

/// <summary>The argument RUN of verbs, see <see cref="Application.RunReferences"/>.</summary>
internal static class RunArgument
{
    private const string Forms = "id, unique beginning of an id, name, or latest; `fashion runs` lists them";

    public static Argument<string> One() => new("RUN") { Description = $"The run: {Forms}." };

    /// <param name="remark">A further sentence of the description.</param>
    public static Argument<string[]> Many(string? remark = null) => new("RUN")
    {
        Description = $"The runs: {Forms}.{(remark is null ? "" : " " + remark)}",
        Arity = ArgumentArity.OneOrMore,
    };
}
