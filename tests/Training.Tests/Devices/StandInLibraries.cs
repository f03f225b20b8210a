using System.ComponentModel;
using System.Diagnostics;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Training.Tests.Devices;

/// <summary>Stand-ins for the libraries of the driver, which a C compiler makes from the prototypes in cuda.h and nvml.h.</summary>
internal sealed class StandInLibraries : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The path of the library; skips the test where none can be made.</summary>
    public string Compile(string source)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Makes shared libraries of Linux.");
        var (code, library) = (_folder.File($"{Guid.NewGuid():N}.c"), _folder.File($"lib{Guid.NewGuid():N}.so"));
        File.WriteAllText(code, source);
        try
        {
            using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", library, code]);
            compiler.WaitForExit();
            Assert.Equal(0, compiler.ExitCode);
        }
        catch (Win32Exception)
        {
            Assert.Skip("Needs a C compiler (cc) on PATH.");
        }

        return library;
    }
}
