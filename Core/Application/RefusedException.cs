namespace ServerlessFashion.Application;

/// <summary>Why a well-formed request is not carried out.</summary>
public enum Refusal
{
    /// <summary>It names something that does not exist.</summary>
    NotFound,

    /// <summary>The state of things does not allow it now.</summary>
    Conflict,

    /// <summary>Its idempotency key belongs to another request.</summary>
    KeyReused,
}

/// <summary>
/// A request that was understood and is refused. The message is one sentence that names the run or model and, where there is
/// one, the remedy. The command line shows it alone and exits with 2; the HTTP API answers with the status of <see cref="Reason"/>.
/// </summary>
public sealed class RefusedException(Refusal reason, string message) : Exception(InvalidInputException.OneLine(message))
{
    public Refusal Reason { get; } = reason;
}
