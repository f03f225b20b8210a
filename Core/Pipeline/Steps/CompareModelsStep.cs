using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>Names the winner by <see cref="ModelRanking"/>.</summary>
public sealed class CompareModelsStep(RunFolders folders) : IStepHandler<CompareRequest, ComparedModels>
{
    public async Task<ComparedModels> RunAsync(CompareRequest request, CancellationToken cancellation)
    {
        var folder = folders.Of(request.RunId);
        // A run that was taken up again may have more results than before: only the same outcomes are a finished step.
        if (await folder.FindComparisonAsync(cancellation) is { } finished && finished.Outcomes.SequenceEqual(request.Outcomes))
        {
            return finished;
        }

        var winner = ModelRanking.Winner(await folder.GetEvaluationsAsync(request.Outcomes, cancellation));
        var compared = new ComparedModels(winner, request.Outcomes);
        await folder.PutComparisonAsync(compared, cancellation);
        return compared;
    }
}
