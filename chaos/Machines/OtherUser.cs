namespace ServerlessFashion.Chaos.Machines;

/// <summary>
/// Another user, without rights and without a home. In a folder of his own the run completes; in a folder of root one sentence says what
/// is missing. Only root can try this.
/// </summary>
internal sealed class OtherUser : IMachineCondition
{
    private const UnixFileMode ForAll = (UnixFileMode)511;
    private const UnixFileMode Readable = (UnixFileMode)493;

    private static readonly string[] AsNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"];
    private static readonly Dictionary<string, string?> NoHome = new() { ["HOME"] = "/nonexistent" };
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => "other-user";

    /// <inheritdoc/>
    public async Task RunAsync(UndisturbedRun reference, ExperimentSetup setup, CancellationToken cancellation)
    {
        if (Environment.UserName != "root")
        {
            setup.Tally.Count("other user: not tried, because only root can");
            return;
        }

        using var temporary = ScratchProject.Create();
        File.SetUnixFileMode(Path.GetTempPath(), Readable);
        File.SetUnixFileMode(temporary.Folder, ForAll);
        var environment = new Dictionary<string, string?>(NoHome) { ["TMPDIR"] = temporary.Folder };

        using (var own = ScratchProject.Create())
        {
            File.SetUnixFileMode(own.Folder, ForAll);
            await using var command = FashionCommand.Start(own, Recipe.Short.Arguments, environment, AsNobody);
            if (await setup.Tally.CheckDoneAsync("another user", command, Limit, cancellation))
            {
                await setup.Tally.CheckBitsAsync("another user", own, command.RunId!, reference.Files, cancellation);
            }
        }

        using var foreign = ScratchProject.Create();
        File.SetUnixFileMode(foreign.Folder, Readable);
        await using var refused = FashionCommand.Start(foreign, Recipe.Short.Arguments, environment, AsNobody);
        setup.Tally.CheckSentence("another user in a folder of root", refused, await refused.WaitAsync(Limit, cancellation));
    }
}
