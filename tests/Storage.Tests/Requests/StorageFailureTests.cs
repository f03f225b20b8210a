using System.Net.Sockets;
using Azure;
using Azure.Identity;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Storage.Tests.Requests;

public class StorageFailureTests
{
    /// <summary>The statuses and codes are those of the storage service's REST documentation.</summary>
    [Theory]
    [InlineData(400, "InvalidInput", StorageFailureKind.Refused)]
    [InlineData(401, "NoAuthenticationInformation", StorageFailureKind.NoIdentity)]
    [InlineData(403, "AuthenticationFailed", StorageFailureKind.WrongKey)]
    [InlineData(403, "AuthorizationPermissionMismatch", StorageFailureKind.NoRights)]
    [InlineData(403, "AuthorizationFailure", StorageFailureKind.Blocked)]
    [InlineData(404, "ContainerNotFound", StorageFailureKind.Refused)]
    [InlineData(429, "TooManyRequests", StorageFailureKind.Busy)]
    [InlineData(500, "InternalError", StorageFailureKind.Broken)]
    [InlineData(503, "ServerBusy", StorageFailureKind.Busy)]
    public void KindOf_Answer_FollowsItsStatusAndCode(int status, string code, StorageFailureKind expected) =>
        Assert.Equal(expected, StorageFailure.KindOf(new RequestFailedException(status, "no", code, null)));

    /// <summary>Azurite answers so to a wrong key, and Azure to a machine that the network rules keep out.</summary>
    [Fact]
    public void Describe_AuthorizationFailure_NamesNetworkRulesAndKey() => Assert.Equal(
        "storage: the account refused access (403 AuthorizationFailure); its network rules must allow this machine; if it is the "
            + "emulator, check the key in the connection string.",
        StorageFailure.Describe(new RequestFailedException(403, "no", "AuthorizationFailure", null)));

    [Fact]
    public void KindOf_NoAnswerInAnyAttempt_IsUnreachable()
    {
        var failure = new AggregateException(Refused(), Refused());

        Assert.Equal(StorageFailureKind.Unreachable, StorageFailure.KindOf(failure));
        Assert.True(StorageFailure.IsTransient(failure));
        Assert.Equal(
            "storage: the account cannot be reached (Connection refused); check its name, and the connection to it.",
            StorageFailure.Describe(failure));
    }

    /// <summary>So fails a write to Azurite whose disk is full.</summary>
    [Fact]
    public void Describe_ConnectionCut_NamesTheDiskOfTheEmulator()
    {
        var cut = new RequestFailedException(
            0, "Error while copying content to a stream.",
            new HttpRequestException("Error while copying content to a stream.", new SocketException((int)SocketError.ConnectionReset)));

        Assert.Equal(
            $"storage: the account cut the connection ({new SocketException((int)SocketError.ConnectionReset).Message}); if it is the "
            + "emulator, check that its disk has space.",
            StorageFailure.Describe(new AggregateException(cut, cut)));
    }

    [Fact]
    public void KindOf_AttemptsThatRanOutOfTime_IsUnreachable() =>
        Assert.Equal(StorageFailureKind.Unreachable, StorageFailure.KindOf(new AggregateException(new TaskCanceledException())));

    /// <summary>The last attempt counts: the account came back and refused the key.</summary>
    [Fact]
    public void KindOf_AttemptsThatFailedDifferently_IsThatOfTheLast() => Assert.Equal(
        StorageFailureKind.WrongKey,
        StorageFailure.KindOf(new AggregateException(Refused(), new RequestFailedException(403, "no", "AuthenticationFailed", null))));

    [Fact]
    public void Describe_NoIdentity_NamesTheRemedyInOneLine() => Assert.Equal(
        "storage: no identity could sign in; run 'az login', or set AzureWebJobsStorage to a connection string.",
        StorageFailure.Describe(new CredentialUnavailableException("DefaultAzureCredential failed\n- A\n- B")));

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(OperationCanceledException))]
    public void Is_AnotherFailure_IsFalse(Type type)
    {
        Assert.False(StorageFailure.Is((Exception)Activator.CreateInstance(type)!));
        Assert.False(StorageFailure.Is(new AggregateException(new InvalidOperationException())));
    }

    private static RequestFailedException Refused() => new(
        0, "Connection refused (127.0.0.1:9)",
        new HttpRequestException("Connection refused (127.0.0.1:9)", new SocketException((int)SocketError.ConnectionRefused)));
}
