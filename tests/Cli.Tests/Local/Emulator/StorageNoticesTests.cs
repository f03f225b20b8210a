using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Emulator;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Cli.Tests.Local.Emulator;

public class StorageNoticesTests
{
    private const string Waits = "waiting for storage at 127.0.0.1:1 for 3 s: Connection reset by peer";

    [Theory]
    [InlineData(0, null, Waits + "; the disk of /project is full, free some space")]
    [InlineData(1L << 30, null, Waits)]
    [InlineData(0, "UseDevelopmentStorage=true", Waits)]
    public void Describe_Wait_NamesAFullDiskOfTheProjectsEmulator(long freeBytes, string? connection, string expected)
    {
        var folder = new EmulatorFolder("/project", TimeProvider.System, _ => freeBytes);
        var options = Microsoft.Extensions.Options.Options.Create(new StorageOptions(connection, null, null, CreatesMissing: true));

        Assert.Equal(expected, new StorageNotices(folder, options, new Output(json: true)).Describe(new StorageNotice(Waits)));
    }
}
