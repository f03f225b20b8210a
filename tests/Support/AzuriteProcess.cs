using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessFashion.Tests;

/// <summary>
/// The storage emulator on free ports, with its data in memory. It holds many accounts, so that every test can have one
/// to itself, and it ends with the process that started it, whatever ends that.
/// </summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const int Accounts = 1000;
    private static readonly string Key = Convert.ToBase64String(new byte[64]);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Runs Azurite until standard input ends.</summary>
    private const string EndWithParent =
        "process.stdin.on('end',()=>process.exit(0)).on('error',()=>process.exit(0)).resume();require(process.argv[1]);";

    private readonly Process _node;
    private readonly List<int> _ports = [];
    private int _accounts;

    private AzuriteProcess(Process node) => _node = node;

    /// <summary>Azurite's program in the nearest <c>node_modules</c> above the test program; null when there is none.</summary>
    public static string? Script { get; } = FindAbove(AppContext.BaseDirectory);

    /// <summary>Starts the emulator and waits until blobs, queues and tables are served.</summary>
    public static async Task<AzuriteProcess> StartAsync(CancellationToken cancellation)
    {
        string[] arguments =
        [
            "-e", EndWithParent, Script ?? throw new InvalidOperationException("Azurite is not installed; run `npm ci`."),
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck",
        ];
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(1, Accounts).Select(i => $"{Name(i)}:{Key}"));
        var azurite = new AzuriteProcess(Process.Start(start)!);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(StartTimeout);
        while (azurite._ports.Count < 3)
        {
            var line = await azurite._node.StandardOutput.ReadLineAsync(late.Token)
                ?? throw new InvalidOperationException("Azurite ended before it served.");
            if (ListeningLine().Match(line) is { Success: true } match)
            {
                azurite._ports.Add(int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture));
            }
        }

        // It prints a line a request; a full pipe would stop it.
        _ = azurite._node.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return azurite;
    }

    /// <summary>The connection string of an empty account that nobody else has got.</summary>
    public string NewAccount()
    {
        var account = Interlocked.Increment(ref _accounts);
        return account <= Accounts
            ? $"DefaultEndpointsProtocol=http;AccountName={Name(account)};AccountKey={Key};"
              + $"BlobEndpoint=http://127.0.0.1:{_ports[0]}/{Name(account)};"
              + $"QueueEndpoint=http://127.0.0.1:{_ports[1]}/{Name(account)};"
              + $"TableEndpoint=http://127.0.0.1:{_ports[2]}/{Name(account)};"
            : throw new InvalidOperationException($"All {Accounts} accounts are taken.");
    }

    public async ValueTask DisposeAsync()
    {
        _node.Kill(entireProcessTree: true);
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    private static string Name(int account) => string.Create(CultureInfo.InvariantCulture, $"account{account}");

    private static string? FindAbove(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            var script = Path.Combine(parent.FullName, "node_modules", "azurite", "dist", "src", "azurite.js");
            if (File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }

    // The three services start in this order.
    [GeneratedRegex("^Azurite (Blob|Queue|Table) service is successfully listening at http://127\\.0\\.0\\.1:(?<port>[0-9]+)$")]
    private static partial Regex ListeningLine();
}
