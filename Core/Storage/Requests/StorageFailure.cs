using System.Net.Sockets;
using Azure;
using Azure.Identity;

namespace ServerlessFashion.Storage.Requests;

/// <summary>
/// Tells failures of the storage account from other failures, and describes them. The storage client throws a
/// <see cref="RequestFailedException"/> for an answer. After the last retry of a request without an answer it throws an
/// <see cref="AggregateException"/> with the failure of each attempt.
/// </summary>
public static class StorageFailure
{
    /// <summary>True for the exceptions that the storage client throws.</summary>
    public static bool Is(Exception exception) => KindOf(exception) is not null;

    /// <summary>True if the same request may succeed later without any change by the user.</summary>
    public static bool IsTransient(Exception exception) =>
        KindOf(exception) is StorageFailureKind.Unreachable or StorageFailureKind.Busy or StorageFailureKind.Broken;

    /// <summary>
    /// True if the account as a whole cannot be used, so that other requests fail as well. False if it refused one request, e.g. for a
    /// blob that does not exist.
    /// </summary>
    public static bool IsOutage(Exception exception) => KindOf(exception) is { } kind and not StorageFailureKind.Refused;

    /// <summary>The cause of a failure of the storage account; null for another failure.</summary>
    public static StorageFailureKind? KindOf(Exception exception) => exception switch
    {
        StorageOutageException outage => outage.Kind,
        AuthenticationFailedException => StorageFailureKind.NoIdentity,
        RequestFailedException { Status: 0 } => StorageFailureKind.Unreachable,
        RequestFailedException failed => KindOf(failed.Status, failed.ErrorCode),
        AggregateException { InnerExceptions: [.., var last] } when IsAttempt(last) => KindOf(last) ?? StorageFailureKind.Unreachable,
        _ => null,
    };

    /// <summary>One sentence with the cause and, if there is one, the remedy.</summary>
    /// <param name="exception">A failure for which <see cref="Is"/> is true.</param>
    public static string Describe(Exception exception) => exception is StorageOutageException
        ? exception.Message
        : DescribeKind(exception);

    private static string DescribeKind(Exception exception) => KindOf(exception) switch
    {
        StorageFailureKind.Unreachable when IsCut(exception) =>
            $"storage: the account cut the connection ({Reason(exception)}); if it is the emulator, check that its disk has space.",
        StorageFailureKind.Unreachable =>
            $"storage: the account cannot be reached ({Reason(exception)}); check its name, and the connection to it.",
        StorageFailureKind.Busy => $"storage: the account is busy ({Reason(exception)}); try again later.",
        StorageFailureKind.Broken =>
            $"storage: the account failed ({Reason(exception)}); if it is the emulator, check that its disk has space.",
        StorageFailureKind.WrongKey =>
            $"storage: the account refused the key ({Reason(exception)}); check the connection string, and this machine's clock.",
        StorageFailureKind.NoRights =>
            $"storage: the account refused access ({Reason(exception)}); the identity needs the roles Storage Blob Data Contributor and "
            + "Storage Table Data Contributor.",
        StorageFailureKind.Blocked =>
            $"storage: the account refused access ({Reason(exception)}); its network rules must allow this machine; if it is the emulator, "
            + "check the key in the connection string.",
        StorageFailureKind.NoIdentity =>
            "storage: no identity could sign in; run 'az login', or set AzureWebJobsStorage to a connection string.",
        _ => $"storage: the account refused a request ({Reason(exception)}).",
    };

    /// <summary>The cause in a few words, e.g. <c>Connection refused</c> or <c>503 ServerBusy</c>.</summary>
    internal static string Reason(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } failed => Reason(failed.Status, failed.ErrorCode),
        AggregateException { InnerExceptions: [.., var last] } => Reason(last),
        SocketException socket => socket.Message,
        OperationCanceledException => "no answer in time",
        { InnerException: { } inner } => Reason(inner),
        _ => exception.Message.Split('\n')[0].Trim().TrimEnd('.'),
    };

    internal static string Reason(int status, string? code) => $"{status} {code}".TrimEnd();

    /// <summary>An emulator whose disk is full cuts the connection while it receives the content.</summary>
    private static bool IsCut(Exception exception) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown } => true,
        AggregateException { InnerExceptions: [.., var last] } => IsCut(last),
        { InnerException: { } inner } => IsCut(inner),
        _ => false,
    };

    private static bool IsAttempt(Exception attempt) => attempt is RequestFailedException or OperationCanceledException or IOException;

    private static StorageFailureKind KindOf(int status, string? code) => status switch
    {
        401 => StorageFailureKind.NoIdentity,
        403 when code is "AuthenticationFailed" or "InvalidAuthenticationInfo" => StorageFailureKind.WrongKey,
        403 when code is "AuthorizationFailure" => StorageFailureKind.Blocked,
        403 => StorageFailureKind.NoRights,
        408 or 429 or 503 => StorageFailureKind.Busy,
        >= 500 => StorageFailureKind.Broken,
        _ => StorageFailureKind.Refused,
    };
}
