using System.Runtime.CompilerServices;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Storage;

/// <summary>The blobs of one run. Each step stores its result here and looks for it here.</summary>
public sealed class RunFolder(FashionStorage storage, string runId)
{
    private readonly JsonBlobs _documents = new(storage.Container(StorageNames.Runs));

    public string SplitPath => $"{runId}/split.json";

    public string ComparisonPath => $"{runId}/comparison.json";

    private string PromotionPath => $"{runId}/promotion.json";

    public Task<PreparedData?> FindPreparedDataAsync(CancellationToken cancellation) =>
        _documents.FindAsync<PreparedData>($"{runId}/data.json", cancellation);

    public Task PutPreparedDataAsync(PreparedData data, CancellationToken cancellation) =>
        _documents.PutAsync($"{runId}/data.json", data, cancellation);

    public Task<SplitIndices> GetSplitAsync(CancellationToken cancellation) => _documents.GetAsync<SplitIndices>(SplitPath, cancellation);

    public Task PutSplitAsync(SplitIndices split, CancellationToken cancellation) => _documents.PutAsync(SplitPath, split, cancellation);

    public Task<ModelEvaluation?> FindEvaluationAsync(string model, int seed, CancellationToken cancellation) =>
        _documents.FindAsync<ModelEvaluation>(EvaluationPath(model, seed), cancellation);

    /// <summary>
    /// The evaluations of the successful trainings, in the order of <paramref name="outcomes"/>. Each is read when it is asked for, so that
    /// the caller decides how many scores it keeps in memory.
    /// </summary>
    /// <exception cref="InvalidInputException">An evaluation no longer exists.</exception>
    public async IAsyncEnumerable<ModelEvaluation> ReadEvaluationsAsync(
        IEnumerable<TrainingOutcome> outcomes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var outcome in outcomes.Where(outcome => outcome.Evaluated is not null))
        {
            yield return await FindEvaluationAsync(outcome.Model, outcome.Seed, cancellation)
                ?? throw new InvalidInputException($"run: {runId} has lost the evaluation of {outcome.Model}, seed {outcome.Seed}.");
        }
    }

    public Task PutEvaluationAsync(ModelEvaluation evaluation, CancellationToken cancellation) =>
        _documents.PutAsync(EvaluationPath(evaluation.Name, evaluation.Seed), evaluation, cancellation);

    public Task PutTrainScoresAsync(ModelEvaluation evaluation, CancellationToken cancellation) =>
        _documents.PutAsync(TrainScoresPath(evaluation.Name, evaluation.Seed), evaluation.TrainScores, cancellation);

    public Task<ScoredSet> GetTrainScoresAsync(string model, int seed, CancellationToken cancellation) =>
        _documents.GetAsync<ScoredSet>(TrainScoresPath(model, seed), cancellation);

    public Task<ComparedModels?> FindComparisonAsync(CancellationToken cancellation) =>
        _documents.FindAsync<ComparedModels>(ComparisonPath, cancellation);

    public Task PutComparisonAsync(ComparedModels compared, CancellationToken cancellation) =>
        _documents.PutAsync(ComparisonPath, compared, cancellation);

    /// <summary>
    /// The promotion that followed from <paramref name="compared"/>; null if there is none, or only one from an earlier comparison.
    /// </summary>
    public async Task<Promotion?> FindPromotionAsync(ComparedModels compared, CancellationToken cancellation)
    {
        var stored = await _documents.FindAsync<StoredPromotion>(PromotionPath, cancellation);
        return stored?.Outcomes?.SequenceEqual(compared.Outcomes) == true ? new Promotion(stored.Promoted, stored.Reason) : null;
    }

    public Task PutPromotionAsync(Promotion promotion, ComparedModels compared, CancellationToken cancellation) =>
        _documents.PutAsync(PromotionPath, new StoredPromotion(promotion.Promoted, promotion.Reason, compared.Outcomes), cancellation);

    /// <summary>The machine of the first training; null before it has started.</summary>
    public Task<RunEnvironment?> FindEnvironmentAsync(CancellationToken cancellation) =>
        _documents.FindAsync<RunEnvironment>($"{runId}/environment.json", cancellation);

    /// <summary>The machines of one training.</summary>
    public async Task<TrainingEnvironments> GetEnvironmentsAsync(string model, int seed, CancellationToken cancellation) =>
        new(model, seed, await _documents.FindAsync<RunEnvironment[]>(EnvironmentsPath(model, seed), cancellation) ?? []);

    /// <summary>Records that a machine works on a training. Call it under the lock of the training.</summary>
    public async Task AddEnvironmentAsync(string model, int seed, RunEnvironment environment, CancellationToken cancellation)
    {
        await _documents.TryCreateAsync($"{runId}/environment.json", environment, cancellation);
        var known = (await GetEnvironmentsAsync(model, seed, cancellation)).Environments;
        if (!known.Contains(environment))
        {
            await _documents.PutAsync(EnvironmentsPath(model, seed), known.Append(environment), cancellation);
        }
    }

    private string EnvironmentsPath(string model, int seed) => StorageNames.TrainingFolder(runId, model, seed) + "environments.json";

    private string TrainScoresPath(string model, int seed) => StorageNames.TrainingFolder(runId, model, seed) + "train-scores.json";

    private string EvaluationPath(string model, int seed) => StorageNames.TrainingFolder(runId, model, seed) + "evaluation.json";

    /// <param name="Outcomes">The outcomes of the comparison that led to the promotion; null in promotions stored without them.</param>
    private sealed record StoredPromotion(bool Promoted, string Reason, IReadOnlyList<TrainingOutcome>? Outcomes);
}
