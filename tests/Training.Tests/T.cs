using static TorchSharp.torch;
namespace ServerlessFashion.Training.Tests;

public class T { [Fact] public void Sum_OneAndOne_IsTwo() => Assert.Equal(2, (ones(1) + ones(1)).item<float>()); }
