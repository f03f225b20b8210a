using ServerlessFashion.Registry;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Application;

/// <summary>Makes a model the champion of its data set on a user's request.</summary>
public sealed class PromoteModel(ModelRegistry registry, RunReferences references)
{
    /// <summary>
    /// Promotes a run's model; with several seeds, the best on validation. If it is already the champion, nothing changes.
    /// </summary>
    /// <param name="run">A text that names a run, see <see cref="RunReferences"/>.</param>
    /// <param name="reason">The reason for the history of promotions, e.g. "asked for over HTTP".</param>
    /// <exception cref="InvalidInputException">The run has no such model that can be served.</exception>
    /// <exception cref="RefusedException">More than one run is meant.</exception>
    public async Task<Champion> PromoteAsync(string run, string model, string reason, CancellationToken cancellation)
    {
        var runId = (await references.FindAsync(run, cancellation))?.Id ?? run;
        var version = await registry.GetBestAsync(runId, model, cancellation);
        var champions = registry.Of(version.Dataset);
        var champion = await champions.FindChampionAsync(cancellation);
        return champion?.Id == version.Id
            ? champion
            : await champions.PromoteAsync(version, PromotionCause.Hand, reason, null, cancellation);
    }
}
