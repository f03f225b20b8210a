namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>Starts the emulator of a folder and signs in to it. Tests replace it.</summary>
internal interface IEmulatorProcess
{
    /// <summary>Starts an emulator, which then writes its state.</summary>
    /// <exception cref="InvalidInputException">Node.js or Azurite is missing.</exception>
    Task<EmulatorLaunch> LaunchAsync(EmulatorFolder folder, CancellationToken cancellation);

    /// <summary>Signs in and waits until the storage can be used. The emulator runs until all who signed in have left.</summary>
    /// <returns>Null if the emulator is ending or has ended.</returns>
    /// <exception cref="InvalidInputException">The emulator does not answer.</exception>
    Task<IEmulatorLease?> TryJoinAsync(EmulatorState state, CancellationToken cancellation);

    /// <summary>True while the emulator's process lives, and not only another one with its id.</summary>
    bool IsAlive(EmulatorState state);
}

/// <summary>One command's hold on the emulator. Disposing leaves it; the last to leave waits until it has written its data.</summary>
internal interface IEmulatorLease : IAsyncDisposable
{
    string ConnectionString { get; }

    /// <summary>Completes or fails when the emulator has ended, which before the disposal means that something else ended it.</summary>
    Task Ended { get; }
}

/// <summary>How a start went.</summary>
internal enum EmulatorLaunch
{
    /// <summary>The emulator's process runs and has written its state. Its services may still fail to start.</summary>
    Listening,

    /// <summary>Another emulator uses the folder.</summary>
    Busy,

    /// <summary>The process ended at once; its log says why.</summary>
    Failed,
}
