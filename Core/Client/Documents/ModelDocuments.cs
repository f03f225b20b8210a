using ServerlessFashion.Registry;

namespace ServerlessFashion.Client.Documents;

/// <summary>The request that makes a model the champion.</summary>
internal sealed record ChampionRequest(string RunId, string Model);

/// <summary>One promotion in the history of champions.</summary>
internal sealed record PromotionDocument(
    string RunId, string Model, int Seed, DateTimeOffset PromotedAt, PromotionCause Cause, string Reason, double? PValue)
{
    public Champion ToChampion() => new(RunId, Model, Seed, PromotedAt, Cause, Reason, PValue);
}

/// <summary>The champion and its registered version.</summary>
internal sealed record ChampionDocument(
    string RunId, string Model, int Seed, DateTimeOffset PromotedAt, PromotionCause Cause, string Reason, double? PValue,
    ModelVersion Version)
{
    public Champion ToChampion() => new(RunId, Model, Seed, PromotedAt, Cause, Reason, PValue);
}
