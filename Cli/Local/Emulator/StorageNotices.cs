using Microsoft.Extensions.Options;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>
/// Prints what a command waits for, on standard error. An emulator on a full disk fails in many ways that do not name the disk, so the
/// notice names it.
/// </summary>
internal sealed class StorageNotices(EmulatorFolder folder, IOptions<StorageOptions> options, Output output) : IProgress<StorageNotice>
{
    public void Report(StorageNotice value) => output.Notice(Describe(value));

    internal string Describe(StorageNotice notice) =>
        options.Value is { ConnectionString: null, AccountName: null } && folder.IsDiskFull
            ? $"{notice.Text}; the disk of {folder.Path} is full, free some space"
            : notice.Text;
}
