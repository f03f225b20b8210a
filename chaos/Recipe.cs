using System.Globalization;

namespace ServerlessFashion.Chaos;

/// <summary>A small run: the preset <c>smoke</c> with as few epochs as reach all phases of the model.</summary>
internal sealed record Recipe(string Model, int Epochs)
{
    /// <summary>A plain network with dropout, one that is fine-tuned in two phases, one with augmentation, one that is pruned.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
        [new("model4", 2), new("resnet18", 2), new("strong", 2), new("model4-pruned", 3)];

    /// <summary>The smallest one, where only the storage matters.</summary>
    public static Recipe Short { get; } = new("model1", 3);

    public IReadOnlyList<string> Arguments =>
        ["compare", "--preset", "smoke", "--models", Model, "--epochs", string.Create(CultureInfo.InvariantCulture, $"{Model}={Epochs}")];
}
