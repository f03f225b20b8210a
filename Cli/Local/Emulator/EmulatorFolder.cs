using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>The folder of one emulator: its data, its state, its log, and the lock for its start. Only its owner can read it.</summary>
/// <param name="freeBytes">Free bytes on the disk of a folder; null to ask the system.</param>
internal sealed class EmulatorFolder(string path, TimeProvider time, Func<string, long>? freeBytes = null)
{
    /// <summary>Less than this is not enough for the emulator to start and to write its databases.</summary>
    private const long LeastBytes = 4 << 20;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    /// <summary>The code of a lock that another process holds, on Linux and on macOS.</summary>
    private static readonly int[] UnixWouldBlock = [11, 35];

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>An emulator on a busy machine needs some seconds to start or to end.</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(90);

    public string Path => path;

    public string DataFolder => File("data");

    public string LogFile => File("log");

    /// <summary>True if the disk has no room for the emulator. False also if the system does not say.</summary>
    public bool IsDiskFull => (freeBytes ?? FreeBytes)(path) < LeastBytes;

    private string StateFile => File("state.json");

    /// <summary>Creates the folder, and waits until no other command starts the emulator.</summary>
    /// <returns>The lock. The system releases it when the process ends, whatever ends it.</returns>
    /// <exception cref="InvalidInputException">The folder cannot be written, or another command holds the lock for too long.</exception>
    public async Task<IDisposable> LockAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                CreateFolder();
                return OpenLock();
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (time.GetElapsedTime(began) > LockTimeout)
                {
                    throw new InvalidInputException(
                        $"storage: another command has been starting the emulator of {path} for {LockTimeout.TotalSeconds:0} s; end that "
                        + "command and try again.", e);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InvalidInputException(
                    $"storage: the emulator's folder {path} cannot be written ({FileFailure.Reason(e)}); allow this user to write it, or "
                    + "use --storage.", e);
            }

            await Task.Delay(LockPoll, time, cancellation);
        }
    }

    /// <summary>What the emulator wrote; null if no emulator was started or the last one has ended in good order.</summary>
    /// <remarks>A file that cannot be understood gives null too, and is deleted.</remarks>
    /// <exception cref="InvalidInputException">The file cannot be read, such as a folder or a named pipe in its place.</exception>
    public async Task<EmulatorState?> FindStateAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (EmulatorState.TryParse(await ReadStateAsync(cancellation)) is { } state)
                {
                    return state;
                }
            }
            catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InvalidInputException(
                    $"storage: {StateFile} cannot be read ({FileFailure.Reason(e)}); no emulator wrote it. Remove it, or use --storage.",
                    e);
            }

            // The emulator may be writing it at this moment.
            if (attempt == 10)
            {
                DeleteState();
                return null;
            }

            await Task.Delay(LockPoll, time, cancellation);
        }
    }

    private async Task<string> ReadStateAsync(CancellationToken cancellation)
    {
        // A named pipe that is opened for reading alone would wait for its writer.
        await using var file = new FileStream(StateFile, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
        });
        using var reader = new StreamReader(file);
        return file.CanSeek ? await reader.ReadToEndAsync(cancellation) : throw new IOException("it is not a file");
    }

    /// <summary>Deletes the state that an emulator left which is no longer alive. Only the holder of the lock may do so.</summary>
    public void DeleteState() => System.IO.File.Delete(StateFile);

    /// <summary>The last error that the emulator printed, otherwise its last line; null if it printed nothing.</summary>
    public string? FindLastWords()
    {
        var lines = System.IO.File.Exists(LogFile)
            ? System.IO.File.ReadLines(LogFile).Select(line => line.Trim()).Where(line => line.Length > 0).ToList()
            : [];
        return lines.FindLast(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? lines.LastOrDefault();
    }

    private static long FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (Directory.CreateDirectory(path, OwnerOnlyFolder).UnixFileMode != OwnerOnlyFolder)
        {
            // Versions that shared one emulator left it readable for everybody.
            System.IO.File.SetUnixFileMode(path, OwnerOnlyFolder);
        }
    }

    private FileStream OpenLock()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(File("lock"), options);
    }

    private static bool IsHeld(IOException e) =>
        OperatingSystem.IsWindows() ? e.HResult == WindowsSharingViolation : UnixWouldBlock.Contains(e.HResult);

    private string File(string name) => System.IO.Path.Combine(path, name);
}
