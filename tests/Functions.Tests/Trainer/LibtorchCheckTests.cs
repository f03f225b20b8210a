using ServerlessFashion.Functions.Trainer;

namespace ServerlessFashion.Functions.Tests.Trainer;

public sealed class LibtorchCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fashion-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Run_CompleteProgram_MultipliesAndSucceeds()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = LibtorchCheck.Run(output, error);

        Assert.Equal((0, ""), (exitCode, error.ToString()));
        // 8 x 8 ones times 8 x 8 ones: 64 elements of 8 each.
        Assert.Matches(@"^libtorch [0-9.]+ on (cpu|cuda): 512\s*$", output.ToString());
    }

    [Fact]
    public void Reason_NoLibrary_NamesTheFileAndTheRemedy()
    {
        Assert.Equal($"{_folder}/libLibTorchSharp.so does not exist; publish with -p:FashionFlavor=trainer.", LibtorchCheck.Reason(_folder.FullName));
    }

    [Fact]
    public void Reason_DamagedLibrary_IsTheWordsOfTheLoader()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The words of the loader are those of Linux.");
        var library = Path.Combine(_folder.FullName, "libLibTorchSharp.so");
        File.WriteAllText(library, "This file is no library, although it is longer than the header of one would be: 64 bytes.");

        var reason = LibtorchCheck.Reason(_folder.FullName);

        Assert.Equal(library + ": invalid ELF header", reason);
    }
}
