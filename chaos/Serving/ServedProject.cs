using System.Globalization;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>A project with an emulator of its own and one server, which may be killed and started again. Disposing ends all.</summary>
internal sealed class ServedProject : IAsyncDisposable
{
    /// <summary>The experiment's network is its own, so the port is free.</summary>
    private const int Port = 7071;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(2);

    private readonly ScratchStorage _storage;
    private FashionCommand? _server;

    private ServedProject(ScratchStorage storage) => _storage = storage;

    public FashionClient Client { get; } = new(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}")));

    public string ConnectionString => _storage.Emulator.ConnectionString;

    /// <summary>The server's process; null while there is none.</summary>
    public int? FindServer() => _server?.Id;

    public static async Task<ServedProject> StartAsync(CancellationToken cancellation)
    {
        var project = new ServedProject(await ScratchStorage.StartAsync(cancellation));
        await project.ServeAsync(cancellation);
        return project;
    }

    /// <summary>Starts the server and waits until it answers.</summary>
    public async Task ServeAsync(CancellationToken cancellation)
    {
        _server = _storage.Start(["serve", "--port", Port.ToString(CultureInfo.InvariantCulture)]);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(StartLimit);
        while (!await Client.IsHealthyAsync(late.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), late.Token);
        }
    }

    /// <summary>Kills the server alone, or with its trainings.</summary>
    public async Task KillServerAsync(bool alone)
    {
        var server = _server!;
        _server = null;
        if (alone)
        {
            Processes.KillAlone(server.Id);
            await server.WaitAsync(StopLimit, CancellationToken.None);
        }

        await server.DisposeAsync();
    }

    /// <summary>Asks the server to end.</summary>
    /// <returns>The exit code; null if it did not end in time.</returns>
    public async Task<int?> StopServerAsync(CancellationToken cancellation)
    {
        var server = _server!;
        _server = null;
        Processes.AskToEnd(server.Id);
        var code = await server.WaitAsync(StopLimit, cancellation);
        await server.DisposeAsync();
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Client.Dispose();
        await _storage.DisposeAsync();
    }
}
