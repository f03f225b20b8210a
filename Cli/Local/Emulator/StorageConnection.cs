using Azure.Identity;
using Microsoft.Extensions.Options;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>
/// The storage of a command: <c>--storage</c>, else <c>AzureWebJobsStorage</c>, else the emulator of the project folder.
/// </summary>
internal sealed class StorageConnection(
    IOptions<StorageOptions> options, ProjectEmulator emulator, StorageWaits requests, WaitNotices waits, Output output) : IAsyncDisposable
{
    private const string AccountPrefix = "account:";

    private IEmulatorLease? _emulator;
    private FashionStorage? _storage;
    private string? _text;
    private volatile bool _isDisposed;

    /// <summary>The storage, once it is open.</summary>
    public FashionStorage Storage => _storage ?? throw NotOpen();

    /// <summary>How another process of this program reaches the same storage: a connection string, or <c>account:NAME</c>.</summary>
    public string Text => _text ?? throw NotOpen();

    /// <summary>Whether the storage is the emulator of the project folder.</summary>
    public bool UsesProjectEmulator => options.Value is { ConnectionString: null, AccountName: null };

    /// <summary>Opens the storage: starts the project's emulator where it is used, and creates missing containers and tables.</summary>
    /// <exception cref="InvalidInputException">An emulator is used and does not work.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        _text = options.Value switch
        {
            { ConnectionString: { } connection } => connection,
            { AccountName: { } account } => AccountPrefix + account,
            _ => await OpenEmulatorAsync(cancellation),
        };
        if (StandardEmulator.Is(_text))
        {
            await StandardEmulator.CheckAsync(cancellation);
        }

        _storage = Connect(_text, requests);
        if (options.Value.CreatesMissing)
        {
            await _storage.EnsureCreatedAsync(cancellation);
        }
    }

    /// <summary>Connects to a storage that another process has opened.</summary>
    /// <param name="waits">Reports requests that wait; null for none.</param>
    public static FashionStorage Connect(string text, StorageWaits? waits = null) =>
        text.StartsWith(AccountPrefix, StringComparison.Ordinal)
            ? FashionStorage.Connect(text[AccountPrefix.Length..], new DefaultAzureCredential(), waits)
            : FashionStorage.Connect(text, waits);

    /// <summary>Configures a Functions host to use the same storage.</summary>
    public void ConfigureFunctions(IDictionary<string, string?> environment)
    {
        if (Text.StartsWith(AccountPrefix, StringComparison.Ordinal))
        {
            environment[StorageOptions.AccountSetting] = Text[AccountPrefix.Length..];
        }
        else
        {
            environment[StorageOptions.ConnectionSetting] = Text;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        if (_emulator is not null)
        {
            using var wait = waits.Begin("the storage emulator to write its data");
            await _emulator.DisposeAsync();
        }
    }

    private async Task<string> OpenEmulatorAsync(CancellationToken cancellation)
    {
        _emulator = await emulator.OpenAsync(cancellation);
        _ = _emulator.Ended.ContinueWith(_ => ReportEnd(), TaskScheduler.Default);
        return _emulator.ConnectionString;
    }

    /// <summary>The ports and the key are gone with the emulator, so this command cannot go on. The next one starts another.</summary>
    private void ReportEnd()
    {
        if (!_isDisposed)
        {
            output.Notice("the storage emulator of this folder was ended from outside; stop this command with Ctrl-C and start it again.");
        }
    }

    private static InvalidOperationException NotOpen() => new("The storage is not open yet.");
}
