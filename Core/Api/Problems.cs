using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Application;

namespace ServerlessFashion.Api;

/// <summary>Errors as RFC 9457 problem documents.</summary>
public static partial class Problems
{
    private const string RetryAfterSeconds = "5";

    /// <summary>A problem of that status.</summary>
    public static ProblemHttpResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    internal static IResult From(Exception exception, HttpContext context, string endpoint)
    {
        switch (exception)
        {
            case ProblemException { Errors.Count: > 0 } problem:
                return TypedResults.Problem(
                    problem.Message, statusCode: problem.Status,
                    extensions: new Dictionary<string, object?> { ["errors"] = problem.Errors });
            case ProblemException { Status: StatusCodes.Status503ServiceUnavailable } busy:
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Of(busy.Status, busy.Message);
            case ProblemException { AcceptedEncoding: { } encoding } unsupported:
                context.Response.Headers.AcceptEncoding = encoding;
                return Of(unsupported.Status, unsupported.Message);
            case ProblemException problem:
                return Of(problem.Status, problem.Message);
            case RefusedException refused:
                return Of(StatusOf(refused.Reason), refused.Message);
            case InvalidInputException:
                return Of(StatusCodes.Status400BadRequest, exception.Message);
            case BadHttpRequestException bad:
                return Of(bad.StatusCode, BadBody.Describe(bad, context));
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                return Results.Empty;
            case var failure when StorageProblem.Find(failure) is { } cause:
                LogStorage(Logger(context), exception, endpoint);
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Of(StatusCodes.Status503ServiceUnavailable, cause);
            default:
                LogUnexpected(Logger(context), exception, endpoint);
                return TypedResults.Problem(
                    "Something unexpected went wrong; the server's log has it under this traceId.",
                    statusCode: StatusCodes.Status500InternalServerError,
                    extensions: new Dictionary<string, object?> { ["traceId"] = context.TraceIdentifier });
        }
    }

    private static int StatusOf(Refusal reason) => reason switch
    {
        Refusal.NotFound => StatusCodes.Status404NotFound,
        Refusal.Ambiguous => StatusCodes.Status400BadRequest,
        // The draft of the header Idempotency-Key asks for 422 when a key comes again with another request.
        Refusal.KeyReused => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status409Conflict,
    };

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Problems));

    [LoggerMessage(1000, LogLevel.Warning, "{Endpoint}: the storage account failed a request")]
    private static partial void LogStorage(ILogger logger, Exception exception, string endpoint);

    [LoggerMessage(1001, LogLevel.Error, "{Endpoint}: unexpected failure")]
    private static partial void LogUnexpected(ILogger logger, Exception exception, string endpoint);
}
