using System.Net;
using System.Net.Sockets;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Storage.Tests.Requests;

/// <summary>A port of this machine accepts connections and never answers.</summary>
public sealed class SilentAttemptPolicyTests : IDisposable
{
    private static readonly string Key = Convert.ToBase64String(new byte[64]);

    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);

    public SilentAttemptPolicyTests() => _silent.Start();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_NoAnswerInTime_IsAFailureOfTheAccount(bool toBlobs)
    {
        using var patience = StoragePatience.Begin(TimeSpan.Zero);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => toBlobs ? ReadBlobAsync(TestContext.Current.CancellationToken) : ReadTableAsync());

        Assert.Equal(StorageFailureKind.Unreachable, StorageFailure.KindOf(failure));
        Assert.Equal(
            "storage: the account cannot be reached (no answer in time); check its name, and the connection to it.",
            StorageFailure.Describe(failure));
    }

    [Fact]
    public async Task Send_CallerCancels_IsACancellation()
    {
        using var cancel = new CancellationTokenSource();
        var read = ReadBlobAsync(cancel.Token, TimeSpan.FromMinutes(1));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    public void Dispose() => _silent.Dispose();

    private async Task ReadBlobAsync(CancellationToken cancellation, TimeSpan? timeout = null)
    {
        var options = StorageRequests.Configure(new BlobClientOptions(), waits: null);
        options.Retry.NetworkTimeout = timeout ?? TimeSpan.FromMilliseconds(100);
        await new BlobServiceClient(Account(), options).GetBlobContainerClient("runs").ExistsAsync(cancellation);
    }

    private async Task ReadTableAsync()
    {
        var options = StorageRequests.Configure(new TableClientOptions(), waits: null);
        options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(100);
        await new TableServiceClient(Account(), options).CreateTableIfNotExistsAsync("runs");
    }

    private string Account()
    {
        var address = $"http://{_silent.LocalEndpoint}/account";
        return $"DefaultEndpointsProtocol=http;AccountName=account;AccountKey={Key};BlobEndpoint={address};TableEndpoint={address}";
    }
}
