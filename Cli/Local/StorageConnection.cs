using Azure.Identity;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Local;

/// <summary>The storage of a command: <c>--storage</c>, else <c>AzureWebJobsStorage</c>, else Azurite.</summary>
internal sealed class StorageConnection : IAsyncDisposable
{
    /// <summary>The setting of the Functions runtime; the command line uses it too.</summary>
    private const string Setting = "AzureWebJobsStorage";

    private readonly Azurite? _azurite;

    private StorageConnection(FashionStorage storage, string text, Azurite? azurite)
    {
        Storage = storage;
        Text = text;
        _azurite = azurite;
    }

    public FashionStorage Storage { get; }

    /// <summary>The address of the storage for another process of this system: a connection string, or <c>account:NAME</c>.</summary>
    public string Text { get; }

    public static async Task<StorageConnection> OpenAsync(string? option, CancellationToken cancellation)
    {
        var text = option ?? Environment.GetEnvironmentVariable(Setting);
        if (text is null && Environment.GetEnvironmentVariable(Setting + "__accountName") is { } account)
        {
            text = AccountPrefix + account;
        }

        text ??= Azurite.ConnectionString;
        var azurite = text == Azurite.ConnectionString ? await Azurite.StartAsync(cancellation) : null;
        var connection = new StorageConnection(Connect(text), text, azurite);
        await connection.Storage.EnsureCreatedAsync(cancellation);
        return connection;
    }

    /// <summary>Connects to a storage that another process has opened.</summary>
    public static FashionStorage Connect(string text) => text.StartsWith(AccountPrefix, StringComparison.Ordinal)
        ? FashionStorage.Connect(text[AccountPrefix.Length..], new DefaultAzureCredential())
        : FashionStorage.Connect(text);

    /// <summary>Configures a Functions host to use the same storage.</summary>
    public void ConfigureFunctions(IDictionary<string, string?> environment)
    {
        if (Text.StartsWith(AccountPrefix, StringComparison.Ordinal))
        {
            environment[Setting + "__accountName"] = Text[AccountPrefix.Length..];
        }
        else
        {
            environment[Setting] = Text;
        }
    }

    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;

    private const string AccountPrefix = "account:";
}
