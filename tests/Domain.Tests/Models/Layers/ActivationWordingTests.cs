using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models.Layers;

public class ActivationWordingTests
{
    [Theory]
    [InlineData(Activation.Relu, ", ReLU")]
    [InlineData(Activation.Linear, "")]
    public void InWords_Activation_IsTheEndOfADescription(Activation activation, string expected) =>
        Assert.Equal(expected, activation.InWords());
}
