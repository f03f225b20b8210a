using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Serialization;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Local.Emulator;

public sealed class ProjectEmulatorTests : IDisposable
{
    private readonly TemporaryFolder _parent = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeProcess _process = new();
    private readonly List<string> _said = [];
    private long _freeBytes = long.MaxValue;

    private string Path => _parent.File("azurite");

    private string StateFile => _parent.File("azurite/state.json");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _parent.Dispose();

    [Fact]
    public async Task Open_NoEmulator_StartsOne()
    {
        var lease = await OpenAsync();

        Assert.Equal(("connection of 1", 1), (lease.ConnectionString, _process.Launches));
        // The clock may have passed two seconds before the start was noticed.
        Assert.All(_said, line => Assert.Equal("waiting for the storage emulator to start", line));
    }

    [Fact]
    public async Task Open_EmulatorOfAnotherCommand_IsShared()
    {
        Write(new EmulatorState(7, "now", 1, "word"));
        _process.Living.Add(7);

        var lease = await OpenAsync();

        Assert.Equal("connection of 7", lease.ConnectionString);
        Assert.Equal(0, _process.Launches);
    }

    /// <summary>The state was left behind, and its id may belong to any process now.</summary>
    [Fact]
    public async Task Open_StateOfADeadEmulator_IsReplacedWithoutSigningIn()
    {
        Write(new EmulatorState(7, "before", 1, "word"));

        var lease = await OpenAsync();

        Assert.Equal("connection of 1", lease.ConnectionString);
        Assert.DoesNotContain(7, _process.Joined);
    }

    [Fact]
    public async Task Open_EmulatorThatIsEnding_IsWaitedForAndReplaced()
    {
        Write(new EmulatorState(7, "now", 1, "word"));
        _process.Living.Add(7);
        _process.Ending.Add(7);
        _process.OnAlive = asked =>
        {
            if (asked == 3)
            {
                _process.Living.Remove(7);
                File.Delete(StateFile);
            }
        };

        var lease = await OpenAsync();

        Assert.Equal("connection of 1", lease.ConnectionString);
    }

    [Fact]
    public async Task Open_EmulatorThatNeverEnds_NamesItsProcess()
    {
        Write(new EmulatorState(7, "now", 1, "word"));
        _process.Living.Add(7);
        _process.Ending.Add(7);

        var error = await Assert.ThrowsAsync<InvalidInputException>(OpenAsync);

        Assert.Equal(
            $"storage: the emulator of {Path} (process 7) has been ending for 30 s; end it by hand and try again.", error.Message);
        Assert.Equal(0, _process.Launches);
        // The clock may have passed two seconds before the emulator had said that it ends.
        Assert.Equal("waiting for the storage emulator (process 7) to end", _said[^1]);
    }

    /// <summary>A killed command had started it, and its state appeared only now.</summary>
    [Fact]
    public async Task Open_EmulatorThatCameFirst_IsShared()
    {
        _process.Launch = folder =>
        {
            Write(new EmulatorState(7, "now", 1, "word"));
            _process.Living.Add(7);
            return EmulatorLaunch.Busy;
        };

        var lease = await OpenAsync();

        Assert.Equal("connection of 7", lease.ConnectionString);
    }

    [Fact]
    public async Task Open_EmulatorThatFails_SaysWhatItPrinted()
    {
        _process.Launch = folder =>
        {
            File.WriteAllText(folder.LogFile, "Exit due to unhandled error: Error: it is broken.\n");
            return EmulatorLaunch.Failed;
        };

        var error = await Assert.ThrowsAsync<InvalidInputException>(OpenAsync);

        Assert.Equal(
            $"storage: the emulator did not start (it is broken); its log is {_parent.File("azurite/log")}. "
            + "Another storage account can be named with --storage.",
            error.Message);
    }

    /// <summary>There is no room for the emulator's log either.</summary>
    [Fact]
    public async Task Open_EmulatorThatFailsOnAFullDisk_NamesTheDisk()
    {
        _freeBytes = 0;
        _process.Launch = _ => EmulatorLaunch.Failed;

        var error = await Assert.ThrowsAsync<InvalidInputException>(OpenAsync);

        Assert.Equal(
            $"storage: the emulator did not start (it printed nothing): the disk of {_parent.File("azurite/data")} is full; "
            + "free some space, or use --storage.",
            error.Message);
    }

    [Fact]
    public async Task Open_CutOffDatabase_NamesTheFile()
    {
        _process.Launch = folder =>
        {
            Directory.CreateDirectory(folder.DataFolder);
            File.WriteAllText(System.IO.Path.Combine(folder.DataFolder, "__azurite_db_blob__.json"), "{}");
            File.WriteAllText(System.IO.Path.Combine(folder.DataFolder, "__azurite_db_table__.json"), "{\"name\": \"ta");
            return EmulatorLaunch.Failed;
        };

        var error = await Assert.ThrowsAsync<InvalidInputException>(OpenAsync);

        var data = _parent.File("azurite/data");
        Assert.Equal(
            "storage: the emulator did not start (it printed nothing): "
            + $"{System.IO.Path.Combine(data, "__azurite_db_table__.json")} is damaged. "
            + $"Restore it from a copy, or move {data} away to begin with empty storage.",
            error.Message);
    }

    private async Task<IEmulatorLease> OpenAsync()
    {
        var folder = new EmulatorFolder(Path, _time, _ => _freeBytes);
        var opening = new ProjectEmulator(folder, _process, _time, new WaitNotices(_said.Add, _time)).OpenAsync(Cancellation);
        while (!opening.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await opening;
    }

    private void Write(EmulatorState state)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(StateFile, JsonSerializer.Serialize(state, Json.Compact));
    }

    /// <summary>Emulators without processes. The first one that it starts has the id 1.</summary>
    private sealed class FakeProcess : IEmulatorProcess
    {
        private int _asked;

        public HashSet<int> Living { get; } = [];

        public HashSet<int> Ending { get; } = [];

        public List<int> Joined { get; } = [];

        public int Launches { get; private set; }

        public Action<int> OnAlive { get; set; } = _ => { };

        public Func<EmulatorFolder, EmulatorLaunch>? Launch { get; set; }

        public Task<EmulatorLaunch> LaunchAsync(EmulatorFolder folder, CancellationToken cancellation)
        {
            Launches++;
            if (Launch is not null)
            {
                return Task.FromResult(Launch(folder));
            }

            Living.Add(Launches);
            var state = new EmulatorState(Launches, "now", 1, "word");
            File.WriteAllText(System.IO.Path.Combine(folder.Path, "state.json"), JsonSerializer.Serialize(state, Json.Compact));
            return Task.FromResult(EmulatorLaunch.Listening);
        }

        public Task<IEmulatorLease?> TryJoinAsync(EmulatorState state, CancellationToken cancellation)
        {
            Joined.Add(state.Pid);
            return Task.FromResult<IEmulatorLease?>(Ending.Contains(state.Pid) ? null : new FakeLease(state.Pid));
        }

        public bool IsAlive(EmulatorState state)
        {
            OnAlive(++_asked);
            return Living.Contains(state.Pid);
        }
    }

    private sealed class FakeLease(int pid) : IEmulatorLease
    {
        public string ConnectionString => $"connection of {pid}";

        public Task Ended => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
