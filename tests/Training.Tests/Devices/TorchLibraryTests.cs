using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Tests.Devices;

public class TorchLibraryTests
{
    /// <summary>Each of the 64 elements of the product of two 8x8 matrices of ones is 8.</summary>
    [Fact]
    public void Check_LibtorchIsComplete_GivesVersionBuildAndTheSum512() =>
        Assert.Matches(@"^libtorch \d+(\.\d+)+ \((cpu|cuda)\): 512$", TorchLibrary.Check());
}
