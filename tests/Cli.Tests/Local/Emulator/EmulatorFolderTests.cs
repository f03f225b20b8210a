using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Local.Emulator;

public sealed class EmulatorFolderTests : IDisposable
{
    private readonly TemporaryFolder _parent = new();
    private readonly FakeTimeProvider _time = new();

    private string Path => _parent.File("azurite");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _parent.Dispose();

    [Fact]
    public async Task Lock_HeldByAnother_WaitsUntilItIsReleased()
    {
        var first = await Folder().LockAsync(Cancellation);

        var second = Folder().LockAsync(Cancellation);
        Assert.False(second.IsCompleted);
        first.Dispose();
        _time.Advance(TimeSpan.FromMilliseconds(50));

        (await second).Dispose();
    }

    [Fact]
    public async Task Lock_HeldForTooLong_SaysWhatToDo()
    {
        using var first = await Folder().LockAsync(Cancellation);
        _time.AutoAdvanceAmount = TimeSpan.FromSeconds(91);

        var error = await Assert.ThrowsAsync<InvalidInputException>(() => Folder().LockAsync(Cancellation));

        Assert.Equal(
            $"storage: another command has been starting the emulator of {Path} for 90 s; end that command and try again.", error.Message);
    }

    [Fact]
    public async Task Lock_FolderOfAnEarlierVersion_IsClosedToOthers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        Directory.CreateDirectory(Path);

        using var held = await Folder().LockAsync(Cancellation);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(Path).UnixFileMode);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(_parent.File("azurite/lock")).UnixFileMode);
        }
    }

    [Fact]
    public async Task FindState_FolderInItsPlace_NamesItAndTheRemedy()
    {
        Directory.CreateDirectory(_parent.File("azurite/state.json"));

        var error = await Assert.ThrowsAsync<InvalidInputException>(() => Folder().FindStateAsync(Cancellation));

        Assert.StartsWith($"storage: {_parent.File("azurite/state.json")} cannot be read (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("); no emulator wrote it. Remove it, or use --storage.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A pipe without a writer would keep the command and the lock of the folder for ever.</summary>
    [Fact]
    public async Task FindState_NamedPipeInItsPlace_IsRefusedAtOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes in folders.");
        Directory.CreateDirectory(Path);
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", _parent.File("azurite/state.json")))
        {
            await mkfifo.WaitForExitAsync(Cancellation);
        }

        var error = await Assert.ThrowsAsync<InvalidInputException>(() => Folder().FindStateAsync(Cancellation));

        Assert.Contains("(it is not a file)", error.Message, StringComparison.Ordinal);
    }

    /// <summary>No process has such an id, and no port such a number.</summary>
    [Theory]
    [InlineData(1, 99999)]
    [InlineData(1, -5)]
    [InlineData(-1, 80)]
    public void TryParse_ImpossiblePidOrPort_IsNoState(int pid, int port) =>
        Assert.Null(EmulatorState.TryParse($$"""{"pid": {{pid}}, "started": "now", "port": {{port}}, "token": "word"}"""));

    [Fact]
    public async Task Lock_FolderThatCannotBeCreated_NamesItAndTheRemedy()
    {
        await File.WriteAllTextAsync(Path, "a file", Cancellation);

        var error = await Assert.ThrowsAsync<InvalidInputException>(() => Folder().LockAsync(Cancellation));

        Assert.StartsWith($"storage: the emulator's folder {Path} cannot be written (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("); allow this user to write it, or use --storage.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindState_NoEmulator_IsNull() => Assert.Null(await Folder().FindStateAsync(Cancellation));

    [Fact]
    public async Task FindState_StateOfAnEmulator_IsRead()
    {
        Write("""{"pid":12,"started":"boot/34","port":56,"token":"word","connectionString":null}""");

        var state = await Folder().FindStateAsync(Cancellation);

        Assert.Equal(new EmulatorState(12, "boot/34", 56, "word"), state);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"pid\":12,\"started\":\"bo")]
    [InlineData("{\"pid\":12}")]
    [InlineData("null")]
    public async Task FindState_FileThatCannotBeUnderstood_IsDeleted(string text)
    {
        Write(text);
        _time.AutoAdvanceAmount = TimeSpan.FromSeconds(1);

        var reading = Folder().FindStateAsync(Cancellation);
        while (!reading.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Null(await reading);
        Assert.False(File.Exists(_parent.File("azurite/state.json")));
    }

    [Fact]
    public void FindLastWords_Log_PrefersTheLastError()
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(_parent.File("azurite/log"), "starting\nError: no\n    at here\n\nNode.js v20\n");

        Assert.Equal("Error: no", Folder().FindLastWords());
    }

    private EmulatorFolder Folder() => new(Path, _time);

    private void Write(string state)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(_parent.File("azurite/state.json"), state);
    }
}
