using System.Diagnostics;
using System.Globalization;

namespace ServerlessFashion.Cli.Local;

/// <summary>
/// The Azurite storage emulator on its standard ports. It is reused if it already listens, otherwise started. The last process that
/// uses a started emulator stops it, even if that process belongs to another copy of this program.
/// </summary>
internal sealed class Azurite : IAsyncDisposable
{
    public const string ConnectionString = "UseDevelopmentStorage=true";

    private static readonly Uri BlobEndpoint = new("http://127.0.0.1:10000/");
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts the emulator in its own session, so Ctrl-C in the terminal does not stop it, and prints its process id.</summary>
    private const string Detach =
        "const c=require('child_process').spawn(process.execPath,process.argv.slice(1),{detached:true,stdio:'ignore'});"
        + "console.log(c.pid);c.unref();";

    /// <summary>All copies of this program share the ports, so they also share the list of processes that use the emulator.</summary>
    private static readonly string Shared = Path.Combine(Path.GetTempPath(), $"fashion-azurite-{Environment.UserName}");

    private static readonly string Users = Path.Combine(Shared, "users");
    private static readonly string PidFile = Path.Combine(Shared, "pid");

    private readonly string _user = Path.Combine(Users, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    private Azurite()
    {
    }

    /// <exception cref="InvalidInputException">Node or Azurite is missing, or something else listens on its port.</exception>
    public static async Task<Azurite> StartAsync(CancellationToken cancellation)
    {
        var azurite = new Azurite();
        Directory.CreateDirectory(Users);
        await File.WriteAllTextAsync(azurite._user, "", cancellation);
        if (!await IsListeningAsync(cancellation))
        {
            await LaunchAsync(cancellation);
        }

        return azurite;
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_user);
        if (!OtherUsersLive() && File.Exists(PidFile))
        {
            await StopAsync(int.Parse(await File.ReadAllTextAsync(PidFile), CultureInfo.InvariantCulture));
            File.Delete(PidFile);
        }
    }

    private static async Task LaunchAsync(CancellationToken cancellation)
    {
        var script = Path.Combine(ProjectFolder.Home, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            throw new InvalidInputException($"storage: the Azurite emulator is not installed in {ProjectFolder.Home}; run `npm ci` "
                + "there, or use --storage.");
        }

        var data = Path.Combine(ProjectFolder.State, "azurite", "data");
        Directory.CreateDirectory(data);
        string[] arguments =
            ["-e", Detach, script, "--location", data, "--silent", "--disableTelemetry", "--skipApiVersionCheck"];
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true })!;
            var pid = await node.StandardOutput.ReadToEndAsync(cancellation);
            await File.WriteAllTextAsync(PidFile, pid.Trim(), cancellation);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidInputException("storage: the Azurite emulator needs Node.js 20 or later on PATH; install it, or use "
                + "--storage.", e);
        }

        var waited = Stopwatch.StartNew();
        while (!await IsListeningAsync(cancellation))
        {
            if (waited.Elapsed > StartTimeout)
            {
                throw new InvalidInputException($"storage: Azurite did not start within {StartTimeout.TotalSeconds:0} s; its log is in "
                    + $"{data}.");
            }

            await Task.Delay(PollInterval, cancellation);
        }
    }

    private static async Task<bool> IsListeningAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await http.GetAsync(BlobEndpoint, cancellation);
            var server = response.Headers.TryGetValues("Server", out var values) ? string.Join(' ', values) : "unknown";
            return server.StartsWith("Azurite", StringComparison.Ordinal)
                ? true
                : throw new InvalidInputException($"storage: '{server}' uses port 10000, expected Azurite; stop it, or use --storage.");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static bool OtherUsersLive()
    {
        var live = false;
        foreach (var file in Directory.GetFiles(Users))
        {
            if (int.TryParse(Path.GetFileName(file), CultureInfo.InvariantCulture, out var pid) && IsLive(pid))
            {
                live = true;
            }
            else
            {
                File.Delete(file);
            }
        }

        return live;
    }

    private static bool IsLive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Requests its end and waits, because it writes its tables to disk only at intervals and when it ends normally.</summary>
    private static async Task StopAsync(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            if (!UnixSignal.Terminate(pid))
            {
                process.Kill();
            }

            using var late = new CancellationTokenSource(StopTimeout);
            await process.WaitForExitAsync(late.Token);
        }
        catch (ArgumentException)
        {
            // The process has already ended.
        }
        catch (OperationCanceledException)
        {
            // It continues its shutdown alone; the next command finds it listening or ended.
        }
    }
}
