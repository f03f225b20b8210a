using ServerlessFashion.EndToEnd;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Browser.Tests;

/// <summary><c>fashion serve</c> on a storage emulator of its own, for all tests.</summary>
public sealed class ServedDashboard : IAsyncLifetime
{
    private AzuriteProcess? _azurite;
    private FashionServer? _server;

    public async ValueTask InitializeAsync()
    {
        if (AzuriteProcess.Script is null)
        {
            return;
        }

        _azurite = await AzuriteProcess.StartAsync(CancellationToken.None);
        _server = await FashionServer.StartAsync(_azurite.NewAccount());
    }

    /// <summary>
    /// The address of the dashboard, followed by a view such as <c>#/models</c>. Skips the test where nothing can be served.
    /// </summary>
    public string Url(string view = "", string query = "")
    {
        Assert.SkipWhen(_server is null, "The storage emulator is not installed: run `npm ci`.");
        return $"{_server.Url}dashboard{query}{view}";
    }

    public string Log => _server?.Log ?? "";

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }
}
