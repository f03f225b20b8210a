using System.Diagnostics;
using System.Globalization;

namespace ServerlessFashion.Chaos.Machines;

/// <summary>A small disk in memory, mounted on a folder of the experiment's own mount namespace. Disposing unmounts it.</summary>
internal sealed class Disk : IDisposable
{
    private readonly string _folder;

    private Disk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    public static Disk Mount(string folder, int megabytes)
    {
        Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "chaos", folder);
        return new Disk(folder);
    }

    /// <summary>Fills the disk except for the given space.</summary>
    public void FillUpTo(int megabytesLeft)
    {
        var left = new DriveInfo(_folder).AvailableFreeSpace - ((long)megabytesLeft << 20);
        using var file = File.Create(Filler);
        var block = new byte[1 << 20];
        for (; left > 0; left -= block.Length)
        {
            file.Write(block, 0, (int)Math.Min(left, block.Length));
        }
    }

    /// <summary>Makes room again.</summary>
    public void Clear() => File.Delete(Filler);

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", _folder);

    /// <summary>The folder stays, empty as it was before.</summary>
    public void Dispose() => Run("umount", "-l", _folder);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidInputException($"chaos: {program} {string.Join(' ', arguments)} ended with code {process.ExitCode}.");
        }
    }
}
