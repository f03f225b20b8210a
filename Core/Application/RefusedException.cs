namespace ServerlessFashion.Application;

/// <summary>The reason for the refusal of a valid request.</summary>
public enum Refusal
{
    /// <summary>The request names something that does not exist.</summary>
    NotFound,

    /// <summary>The request names several things where it must name one.</summary>
    Ambiguous,

    /// <summary>The current state does not allow the request.</summary>
    Conflict,

    /// <summary>The idempotency key belongs to another request.</summary>
    KeyReused,
}

/// <summary>
/// A valid request is refused. The message is one sentence that names the run or model and, if there is one, the remedy. The
/// command line prints only the message and exits with 2. The HTTP API answers with the status of <see cref="Reason"/>.
/// </summary>
public sealed class RefusedException(Refusal reason, string message) : Exception(InvalidInputException.OneLine(message))
{
    public Refusal Reason { get; } = reason;
}
