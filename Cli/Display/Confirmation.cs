namespace ServerlessFashion.Cli.Display;

/// <summary>Asks for confirmation before an action that cannot be undone.</summary>
/// <param name="isTerminal">False if nobody can answer.</param>
internal sealed class Confirmation(TextReader answers, TextWriter questions, bool isTerminal)
{
    /// <summary>
    /// The terminal of this process. Questions go to standard error, because standard output may contain a JSON document.
    /// </summary>
    public static Confirmation OfTerminal() => new(Console.In, Console.Error, !Console.IsInputRedirected && !Console.IsErrorRedirected);

    /// <summary>Refuses to go on if nobody can answer, before anything is shown.</summary>
    /// <param name="remedy">The error message with the remedy.</param>
    /// <exception cref="InvalidInputException">There is no terminal.</exception>
    public void RequireTerminal(string remedy)
    {
        if (!isTerminal)
        {
            throw new InvalidInputException(remedy);
        }
    }

    /// <summary>Asks; only <c>y</c> and <c>yes</c> confirm.</summary>
    /// <param name="remedy">The error message, with the remedy, if there is no terminal.</param>
    /// <exception cref="InvalidInputException">There is no terminal.</exception>
    public async Task<bool> AskAsync(string question, string remedy, CancellationToken cancellation)
    {
        RequireTerminal(remedy);
        await questions.WriteAsync($"{question} [y/N] ");
        await questions.FlushAsync(cancellation);
        var answer = await answers.ReadLineAsync(cancellation);
        return answer?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
