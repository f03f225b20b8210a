namespace ServerlessFashion.Client.Requests;

/// <summary>
/// A server cannot be reached, or it failed. The message is one sentence that names the server and the remedy. A request that the server
/// refuses leads to another exception.
/// </summary>
public sealed class ServerException : Exception
{
    internal ServerException(string message, Exception? innerException = null)
        : base(InvalidInputException.OneLine(message), innerException)
    {
    }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient { get; internal init; }

    /// <summary>What went wrong in a few words, without the server and without a full stop.</summary>
    internal string Reason { get; init; } = "it failed";

    /// <summary>Whether no part of the request has reached the server.</summary>
    internal bool IsUnsent { get; init; }

    /// <summary>The time that the server asked to wait; null if it named none.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
