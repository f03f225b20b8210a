using ServerlessFashion.Functions.Trainer;

namespace ServerlessFashion.Functions.Tests.Trainer;

public sealed class TrainingLibraryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fashion-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>8 x 8 ones times 8 x 8 ones: 64 elements of 8 each.</summary>
    [Fact]
    public void Check_CompleteProgram_Multiplies() => Assert.Matches(@"^libtorch [0-9.]+ \((cpu|cuda)\): 512$", TrainingLibrary.Check());

    [Fact]
    public void Load_NoLibrary_NamesTheFileAndTheRemedy()
    {
        var error = Assert.Throws<InvalidInputException>(() => TrainingLibrary.Load(_folder.FullName));

        Assert.Matches(
            @"^trainer: libtorch does not load \(.*torch_cpu.*\); publish the trainer for this system and deploy all its files\.$",
            error.Message);
    }

    [Fact]
    public void Load_DamagedLibrary_GivesTheWordsOfTheLoader()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The words of the loader are those of Linux.");
        File.WriteAllText(
            Path.Combine(_folder.FullName, "libtorch_cpu.so"),
            "This file is no library, although it is longer than the header of one would be: 64 bytes.");

        var error = Assert.Throws<InvalidInputException>(() => TrainingLibrary.Load(_folder.FullName));

        Assert.Contains("invalid ELF header", error.Message, StringComparison.Ordinal);
    }
}
