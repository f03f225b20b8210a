using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>Prints what a command waits for. Standard error keeps the notices apart from results.</summary>
internal sealed class StorageNotices : IProgress<StorageNotice>
{
    public void Report(StorageNotice value) => Console.Error.WriteLine($"fashion: {value.Text}");
}
