using System.ComponentModel;
using ServerlessFashion.Registry;

namespace ServerlessFashion.Api.Documents;

/// <summary>The body of a request that chooses the champion.</summary>
internal sealed record ChampionRequest
{
    public required string RunId { get; init; }

    public required string Model { get; init; }
}

/// <summary>One promotion in the history of champions.</summary>
internal sealed record PromotionDocument(
    string Id, string RunId, string Model, int Seed, DateTimeOffset PromotedAt, PromotionCause Cause, string Reason, double? PValue)
{
    public static PromotionDocument Of(Champion champion) => new(
        champion.Id, champion.RunId, champion.Model, champion.Seed, champion.PromotedAt, champion.Cause, champion.Reason, champion.PValue);
}

/// <summary>One page of the champions, newest first.</summary>
internal sealed record ChampionHistory(
    IReadOnlyList<PromotionDocument> Items,
    [property: Description("Requests the next page; null at the end.")] string? Continuation,
    [property: Description("The champion to which a rollback returns; null if there is none.")] PromotionDocument? Previous);

/// <summary>The champion and its registered version.</summary>
internal sealed record ChampionDocument(
    string Id, string RunId, string Model, int Seed, DateTimeOffset PromotedAt, PromotionCause Cause, string Reason,
    double? PValue, ModelVersion Version)
{
    public static ChampionDocument Of(Champion champion, ModelVersion version) => new(
        champion.Id, champion.RunId, champion.Model, champion.Seed, champion.PromotedAt, champion.Cause, champion.Reason,
        champion.PValue, version);
}
