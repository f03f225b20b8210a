using System.Globalization;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>The smallest runs that differ in their results, as options of a request.</summary>
internal sealed record ServedRun(int Epochs, string Labels)
{
    public static IReadOnlyList<ServedRun> All { get; } = [new(1, "five"), new(2, "five"), new(1, "garments"), new(2, "garments")];

    public string Options => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"preset": "smoke", "models": ["model1"], "epochs": {"model1": {{Epochs}}}, "labels": "{{Labels}}"}""");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Labels} labels, epochs {Epochs}");
}
