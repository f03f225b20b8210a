using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>Names the winner: the best mean validation accuracy over seeds; of equals, the one that comes first.</summary>
public sealed class CompareModelsStep(FashionStorage storage) : IStepHandler<CompareRequest, ComparedModels>
{
    public async Task<ComparedModels> RunAsync(CompareRequest request, CancellationToken cancellation)
    {
        var folder = new RunFolder(storage, request.RunId);
        // A run that was taken up again may have more results than before: only the same outcomes are a finished step.
        if (await folder.FindComparisonAsync(cancellation) is { } finished && finished.Outcomes.SequenceEqual(request.Outcomes))
        {
            return finished;
        }

        var winner = request.Outcomes
            .Where(outcome => outcome.Evaluated is not null)
            .GroupBy(outcome => outcome.Model)
            .MaxBy(seeds => seeds.Average(outcome => outcome.Evaluated!.ValidationAccuracy))?.Key;
        var compared = new ComparedModels(winner, request.Outcomes);
        await folder.PutComparisonAsync(compared, cancellation);
        return compared;
    }
}
