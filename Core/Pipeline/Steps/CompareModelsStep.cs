using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>Names the winner by <see cref="ModelRanking"/>.</summary>
internal sealed class CompareModelsStep(RunFolders folders) : IStepHandler<CompareModelsRequest, ComparedModels>
{
    public async Task<ComparedModels> RunAsync(CompareModelsRequest request, CancellationToken cancellation)
    {
        var folder = folders.Of(request.RunId);
        // A resumed run may have more results than before, so the step is finished only for the same outcomes.
        if (await folder.FindComparisonAsync(cancellation) is { } finished && finished.Outcomes.SequenceEqual(request.Outcomes))
        {
            return finished;
        }

        var evaluations = await folder.ReadEvaluationsAsync(request.Outcomes, cancellation)
            .Select(evaluation => evaluation.WithoutScores()).ToListAsync(cancellation);
        var winner = ModelRanking.Winner(evaluations);
        var compared = new ComparedModels(winner, request.Outcomes);
        await folder.PutComparisonAsync(compared, cancellation);
        return compared;
    }
}
