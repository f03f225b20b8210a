using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Local.Emulator;

/// <summary>The built program on Azurite, in project folders of the test.</summary>
public sealed class SharedEmulatorTests : IDisposable
{
    /// <summary>The public key of the account, which versions that shared one emulator used.</summary>
    private const string PublicKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly TemporaryFolder _parent = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _parent.Dispose();

    [Fact]
    public async Task Commands_OfOneFolder_ShareAnEmulatorThatEndsWithTheLast()
    {
        var home = CreateHome();
        using var first = home.Serve();
        await first.MarkerAsync();
        using var second = home.Serve();
        await second.MarkerAsync();
        var emulator = await home.ReadStateAsync();

        await EndAsync(first);

        Assert.True(emulator.Process.IsAlive());
        Assert.Equal(emulator, await home.ReadStateAsync());
        await EndAsync(second);
        Assert.False(emulator.Process.IsAlive());
        Assert.False(File.Exists(home.StateFile));
    }

    [Fact]
    public async Task Emulator_EveryCommandKilled_EndsByItself()
    {
        var home = CreateHome();
        using var server = home.Serve();
        await server.MarkerAsync();
        var emulator = await home.ReadStateAsync();

        server.KillTree();

        using var process = Process.GetProcessById(emulator.Pid);
        await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task Emulator_KilledBesideACommand_IsReported()
    {
        var home = CreateHome();
        using var server = home.Serve();
        await server.MarkerAsync();
        using var emulator = Process.GetProcessById((await home.ReadStateAsync()).Pid);

        emulator.Kill();
        await emulator.WaitForExitAsync(Cancellation);
        var next = await home.RunAsync("runs");

        Assert.True(next.ExitCode == 0, next.Error);
        Assert.StartsWith(
            "fashion: the storage emulator of this folder was ended from outside; stop this command with Ctrl-C",
            (await EndAsync(server)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_OfTwoFolders_HaveAnEmulatorEach()
    {
        var (one, other) = (CreateHome("one"), CreateHome("other"));
        using var first = one.Serve();
        await first.MarkerAsync();
        await StoreRunAsync((await one.ReadStateAsync()).ConnectionString!);

        var otherRuns = await other.RunAsync("runs", "--json");
        var runs = await one.RunAsync("runs", "--json");

        Assert.Equal((0, "[]"), (otherRuns.ExitCode, otherRuns.Output));
        Assert.Contains("\"id\": \"run\"", runs.Output, StringComparison.Ordinal);
        await EndAsync(first);
    }

    [Fact]
    public async Task State_OfTheEmulator_IsForItsOwnerAndHasAKeyOfItsOwn()
    {
        var home = CreateHome();
        using var server = home.Serve();
        await server.MarkerAsync();
        var connection = (await home.ReadStateAsync()).ConnectionString!;
        var parts = connection.Split(';');
        parts[Array.FindIndex(parts, part => part.StartsWith("AccountKey=", StringComparison.Ordinal))] = $"AccountKey={PublicKey}";

        var refused = await home.RunAsync("runs", "--storage", string.Join(';', parts));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("403", refused.Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(home.StateFile).UnixFileMode);
        }

        await EndAsync(server);
    }

    /// <summary>The id in a stale state belongs to a process of somebody else.</summary>
    [Fact]
    public async Task Command_StaleStateWithTheIdOfAnotherProcess_LeavesThatProcessAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Starts sleep.");
        var home = CreateHome();
        using var stranger = Process.Start("sleep", "600");
        home.WriteState(new EmulatorState(stranger.Id, "an earlier boot/1", 1, "word"));
        try
        {
            var result = await home.RunAsync("runs");

            Assert.True(result.ExitCode == 0, result.Error);
            Assert.False(stranger.HasExited);
            Assert.False(File.Exists(home.StateFile));
        }
        finally
        {
            stranger.Kill();
        }
    }

    /// <summary>Another program now listens on the port of an emulator that was killed.</summary>
    [Fact]
    public async Task Command_PortOfAStaleStateTakenByAnother_StartsAnEmulatorOfItsOwn()
    {
        var home = CreateHome();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        home.WriteState(new EmulatorState(int.MaxValue, "an earlier boot/1", ((IPEndPoint)other.LocalEndpoint).Port, "word"));

        var result = await home.RunAsync("runs");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.False(other.Pending());
    }

    [Fact]
    public async Task Command_ProxiesInTheEnvironment_AreNotUsedForTheEmulator()
    {
        var nobody = "http://127.0.0.1:1";
        var proxies = new Dictionary<string, string> { ["http_proxy"] = nobody, ["https_proxy"] = nobody, ["all_proxy"] = nobody };

        var result = await CreateHome().RunAsync(proxies, "runs", "--json");

        Assert.Equal((0, "[]", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Command_CutOffTableDatabase_NamesTheFile()
    {
        var home = CreateHome();
        await home.RunAsync("runs");
        var database = Path.Combine(home.DataFolder, "__azurite_db_table__.json");
        var content = await File.ReadAllTextAsync(database, Cancellation);
        await File.WriteAllTextAsync(database, content[..(content.Length / 2)], Cancellation);

        var result = await home.RunAsync("runs");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("fashion: storage: the emulator did not start (", result.Error, StringComparison.Ordinal);
        Assert.Contains($"): {database} is damaged.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_DataOfAVersionWithThePublicKey_IsStillThere()
    {
        var home = CreateHome();
        await using (var old = await OldAzurite.StartAsync(home.DataFolder, PublicKey, Cancellation))
        {
            await StoreRunAsync(old.ConnectionString);
        }

        var runs = await home.RunAsync("runs", "--json");

        var run = Assert.Single(JsonDocument.Parse(runs.Output).RootElement.EnumerateArray());
        Assert.Equal("run", run.GetProperty("id").GetString());
        var phase = run.GetProperty("configuration").GetProperty("models")[0].GetProperty("phases")[0];
        Assert.Equal(3, phase.GetProperty("epochs").GetInt32());
    }

    [Fact]
    public async Task Command_StandardPortsWithoutAnEmulator_SaysWhatToDo()
    {
        using var probe = new TcpClient();
        Assert.SkipWhen(await ConnectsAsync(probe), "Something listens on port 10000.");

        var result = await CreateHome().RunAsync("runs", "--storage", "UseDevelopmentStorage=true");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            "fashion: storage: UseDevelopmentStorage=true means the emulator on port 10000, and nothing listens there; start Azurite "
            + "there, or leave out the setting to use the emulator of this project folder.\n",
            result.Error);
    }

    private static async Task<bool> ConnectsAsync(TcpClient probe)
    {
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, 10000, Cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Task<CommandResult> EndAsync(FashionProgram program)
    {
        program.Interrupt();
        return program.EndAsync();
    }

    private static Task<RunStore> StoreRunAsync(string connection) =>
        StoredRuns.AddAsync(connection, "run", RunStatus.Completed, 3, "model1");

    private ProjectHome CreateHome(string name = "home") => ProjectHome.Create(_parent.File(name));
}
