using System.ComponentModel;

namespace ServerlessFashion.Api.Requests;

/// <summary>One field of a request that cannot be used.</summary>
/// <param name="Pointer">JSON pointer into the body as a URI fragment, e.g. <c>#/seeds</c> (RFC 9457, section 3).</param>
internal sealed record FieldError([property: Description("JSON pointer into the body.")] string Pointer, string Detail);

/// <summary>Ends a request with a problem document of this status.</summary>
internal sealed class ProblemException : Exception
{
    public ProblemException(int status, string detail) : base(InvalidInputException.OneLine(detail)) => Status = status;

    public ProblemException(int status, string detail, Exception innerException)
        : base(InvalidInputException.OneLine(detail), innerException) => Status = status;

    public int Status { get; }

    /// <summary>
    /// With status 415, the compression that the body may have (RFC 9110, section 15.5.16); null where another thing is wrong.
    /// </summary>
    public string? AcceptedEncoding { get; init; }

    /// <summary>Each field with what is wrong with it; empty where the problem lies elsewhere.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}
