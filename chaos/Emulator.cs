using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessFashion.Chaos;

/// <summary>
/// A storage emulator of the experiment's own, on free ports. It reads what an earlier emulator left in its folder. Disposing ends it in
/// good order.
/// </summary>
internal sealed partial class Emulator : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";

    private static readonly string Key = Convert.ToBase64String(new byte[64]);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    private readonly Process _node;
    private readonly List<int> _ports = [];

    private Emulator(Process node) => _node = node;

    public int BlobPort => _ports[0];

    public int TablePort => _ports[2];

    public string ConnectionString => Connect(BlobPort, TablePort);

    /// <summary>Starts an emulator on the data in a folder.</summary>
    public static async Task<Emulator> StartAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await WaitForEarlierAsync(folder, cancellation);
        string[] arguments =
        [
            Path.Combine(ScratchProject.Home, "node_modules", "azurite", "dist", "src", "azurite.js"), "--location", folder,
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--disableTelemetry", "--skipApiVersionCheck",
        ];
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{Key}";
        var emulator = new Emulator(Process.Start(start)!);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(StartTimeout);
        while (emulator._ports.Count < 3)
        {
            var line = await emulator._node.StandardOutput.ReadLineAsync(late.Token)
                ?? throw new InvalidOperationException("The experiment's emulator ended before it listened.");
            if (ListeningLine().Match(line) is { Success: true } match)
            {
                emulator._ports.Add(int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture));
            }
        }

        // It prints a line for each request; a full pipe would stop it.
        _ = emulator._node.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return emulator;
    }

    /// <summary>The connection string with other ports, such as those of a proxy.</summary>
    public static string Connect(int blobPort, int tablePort) => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};"
            + $"TableEndpoint=http://127.0.0.1:{tablePort}/{Account};");

    /// <summary>The emulator of a project writes what it holds while it ends, after the project's last command has ended.</summary>
    private static async Task WaitForEarlierAsync(string folder, CancellationToken cancellation)
    {
        var project = Path.GetDirectoryName(folder)!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(StartTimeout);
        while (Processes.ListTimes().Values.Any(process =>
            process.Command.Contains("emulator.js", StringComparison.Ordinal)
            && process.Command.Contains(project, StringComparison.Ordinal)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), late.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Processes.AskToEnd(_node.Id);
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    // The three services start in this order.
    [GeneratedRegex("^Azurite (Blob|Queue|Table) service is successfully listening at http://127\\.0\\.0\\.1:(?<port>[0-9]+)$")]
    private static partial Regex ListeningLine();
}
