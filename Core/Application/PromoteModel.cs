using ServerlessFashion.Registry;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Application;

/// <summary>Makes a model the champion by hand.</summary>
public sealed class PromoteModel(ModelRegistry registry)
{
    /// <summary>Promotes a run's model, of several seeds the best on validation. The champion again changes nothing.</summary>
    /// <param name="reason">For the history of promotions, e.g. "asked for over HTTP".</param>
    /// <exception cref="InvalidInputException">That run has no such model that can be served.</exception>
    public async Task<Champion> PromoteAsync(string runId, string model, string reason, CancellationToken cancellation)
    {
        var version = await registry.GetBestAsync(runId, model, cancellation);
        var champion = await registry.FindChampionAsync(cancellation);
        return champion?.Id == version.Id
            ? champion
            : await registry.PromoteAsync(version, PromotionCause.Hand, reason, null, cancellation);
    }
}
