using Microsoft.AspNetCore.Http;

namespace ServerlessFashion.Api;

/// <summary>Answers that are not problems.</summary>
internal static class Answer
{
    /// <summary>A document in the system's JSON dialect, whatever the host has set for JSON.</summary>
    public static IResult Json<T>(T document, int status = StatusCodes.Status200OK) => Results.Json(document, ServerlessFashion.Json.Indented, statusCode: status);
}
