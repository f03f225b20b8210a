namespace ServerlessFashion.Models;

internal static class ActivationWording
{
    /// <summary>What a layer's description ends with: <c>, ReLU</c>, or nothing for a linear layer.</summary>
    public static string InWords(this Activation activation) => activation == Activation.Relu ? ", ReLU" : string.Empty;
}
