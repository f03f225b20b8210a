namespace ServerlessFashion.Cli.Usage;

/// <summary>Describes an error that no part of the program expected.</summary>
internal static class UnexpectedError
{
    /// <summary>One line with the cause; with <paramref name="verbose"/>, also where it happened.</summary>
    public static string Describe(Exception exception, bool verbose)
    {
        var cause = exception is AggregateException { InnerExceptions: [var only] } ? only : exception;
        var message = cause.Message.ReplaceLineEndings(" ").TrimEnd('.');
        return verbose
            ? $"fashion: unexpected error: {message}.{Environment.NewLine}{exception}"
            : $"fashion: unexpected error: {message}. The same command with --verbose shows where it happened.";
    }
}
