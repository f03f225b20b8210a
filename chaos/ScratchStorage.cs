using ServerlessFashion.Chaos.Proxy;

namespace ServerlessFashion.Chaos;

/// <summary>A project folder with an emulator of the experiment's own, which outlives the commands that use it.</summary>
internal sealed class ScratchStorage : IAsyncDisposable
{
    private readonly List<StorageProxy> _proxies = [];

    private ScratchStorage(ScratchProject project, Emulator emulator) => (Project, Emulator) = (project, emulator);

    public ScratchProject Project { get; }

    public Emulator Emulator { get; }

    public static async Task<ScratchStorage> StartAsync(CancellationToken cancellation)
    {
        var project = ScratchProject.Create();
        return new ScratchStorage(project, await Emulator.StartAsync(project.EmulatorData, cancellation));
    }

    /// <summary>Adds a proxy in front of the emulator.</summary>
    public async Task<StorageProxy> AddProxyAsync()
    {
        _proxies.Add(await StorageProxy.StartAsync(Emulator));
        return _proxies[^1];
    }

    /// <summary>Starts a command on the emulator, through a proxy or without one.</summary>
    public FashionCommand Start(IReadOnlyList<string> arguments, StorageProxy? proxy = null) =>
        FashionCommand.Start(Project, [.. arguments, "--storage", proxy?.ConnectionString ?? Emulator.ConnectionString]);

    /// <summary>Starts a command that resumes a run.</summary>
    public FashionCommand Resume(string run, StorageProxy? proxy = null) => Start(["compare", "--resume", run], proxy);

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        await Emulator.DisposeAsync();
        Project.Dispose();
    }
}
