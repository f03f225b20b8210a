using ServerlessFashion.Cli.Display;

namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>
/// The emulator of one project folder. The first command that needs it starts it, and later ones share it. It ends with the last of
/// them, whatever ends that. Nothing here sends a signal.
/// </summary>
internal sealed class ProjectEmulator(EmulatorFolder folder, IEmulatorProcess process, TimeProvider time, WaitNotices waits)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>It ends itself after 15 s at the latest.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Signs in to the folder's emulator, which it starts if there is none.</summary>
    /// <exception cref="InvalidInputException">The emulator cannot be used; the message says why and what to do.</exception>
    public async Task<IEmulatorLease> OpenAsync(CancellationToken cancellation)
    {
        using var alone = await LockAsync(cancellation);
        while (true)
        {
            var found = await folder.FindStateAsync(cancellation);
            if (found is not null && !process.IsAlive(found))
            {
                // It was killed or the machine lost power. Another process may have its id now.
                folder.DeleteState();
                found = null;
            }

            if (found is null)
            {
                if (await TryStartAsync(cancellation) is { } started)
                {
                    return started;
                }
            }
            else if (await TryJoinAsync(found, cancellation) is { } joined)
            {
                return joined;
            }
            else
            {
                await WaitForEndAsync(found, cancellation);
            }
        }
    }

    private async Task<IDisposable> LockAsync(CancellationToken cancellation)
    {
        using var wait = waits.Begin("another command to start the storage emulator");
        return await folder.LockAsync(cancellation);
    }

    private async Task<IEmulatorLease?> TryJoinAsync(EmulatorState found, CancellationToken cancellation)
    {
        using var wait = waits.Begin($"the storage emulator (process {found.Pid}) to answer");
        return await process.TryJoinAsync(found, cancellation);
    }

    /// <summary>Null if an emulator came first that a killed command had started.</summary>
    private async Task<IEmulatorLease?> TryStartAsync(CancellationToken cancellation)
    {
        using var wait = waits.Begin("the storage emulator to start");
        var launch = await process.LaunchAsync(folder, cancellation);
        if (launch == EmulatorLaunch.Busy)
        {
            return null;
        }

        var state = launch == EmulatorLaunch.Listening ? await folder.FindStateAsync(cancellation) : null;
        var lease = state is null ? null : await process.TryJoinAsync(state, cancellation);
        return lease ?? throw EmulatorFailure.Describe(folder);
    }

    private async Task WaitForEndAsync(EmulatorState ending, CancellationToken cancellation)
    {
        using var wait = waits.Begin($"the storage emulator (process {ending.Pid}) to end");
        var began = time.GetTimestamp();
        while (process.IsAlive(ending))
        {
            if (time.GetElapsedTime(began) > EndTimeout)
            {
                throw new InvalidInputException(
                    $"storage: the emulator of {folder.Path} (process {ending.Pid}) has been ending for {EndTimeout.TotalSeconds:0} s; end "
                    + "it by hand and try again.");
            }

            await Task.Delay(Poll, time, cancellation);
        }
    }
}
