namespace ServerlessFashion;

/// <summary>
/// Input from outside (a file, an option, a request field) that cannot be used. The message is one sentence that
/// names the file, line or field, what was expected and what was found. The command line shows it alone and exits
/// with 2; the HTTP API answers 400 with it; pipeline steps never retry it.
/// </summary>
public sealed class InvalidInputException : Exception
{
    public InvalidInputException(string message) : base(message) { }

    public InvalidInputException(string message, Exception innerException) : base(message, innerException) { }
}
