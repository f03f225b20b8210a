using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Local.Emulator;

/// <summary>Azurite as versions started it that shared one emulator, but on free ports.</summary>
internal sealed class OldAzurite : IAsyncDisposable
{
    private readonly ChildProcess _node;

    private OldAzurite(ChildProcess node) => _node = node;

    public string ConnectionString { get; private init; } = "";

    public static async Task<OldAzurite> StartAsync(string data, string key, CancellationToken cancellation)
    {
        string[] arguments =
        [
            AzuriteProcess.Script!, "--location", data, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            "--silent", "--disableTelemetry", "--skipApiVersionCheck",
        ];
        var node = ChildProcess.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true }, "no node");
        var ports = new List<int>();
        while (ports.Count < 3 && await node.Output.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Contains("successfully listening", StringComparison.Ordinal))
            {
                ports.Add(int.Parse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture));
            }
        }

        var account = string.Join(
            "", new[] { "Blob", "Queue", "Table" }.Select((name, i) => $"{name}Endpoint=http://127.0.0.1:{ports[i]}/devstoreaccount1;"));
        return new OldAzurite(node)
        {
            ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={key};{account}",
        };
    }

    public async ValueTask DisposeAsync()
    {
        _node.Terminate();
        await _node.WaitForExitAsync(CancellationToken.None);
        _node.Dispose();
    }
}
