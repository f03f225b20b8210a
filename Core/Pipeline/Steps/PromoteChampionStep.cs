using System.Security.Cryptography;
using ServerlessFashion.Datasets;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Registry;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Registers every trained model of the run, and makes the run's winner the champion if there is no champion yet or
/// <see cref="PromotionRule"/> allows it. The first winner on a data set that was replaced also becomes the champion, because the old
/// champion knows other images and perhaps other classes.
/// </summary>
internal sealed class PromoteChampionStep(
    FashionStorage storage, RunDefinitions definitions, RunFolders folders, ModelRegistry registry, RegisteredSets sets, TimeProvider time)
    : IStepHandler<RunRequest, Promotion>
{
    public async Task<Promotion> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        var folder = folders.Of(request.RunId);
        var compared = await folder.FindComparisonAsync(cancellation)
            ?? throw new InvalidInputException($"run: {request.RunId} was not compared yet.");
        // A resumed run may have more results than before: only a promotion out of the same comparison is a finished step.
        if (await folder.FindPromotionAsync(compared, cancellation) is { } finished)
        {
            return finished;
        }

        var run = await definitions.GetAsync(request.RunId, cancellation);
        foreach (var evaluated in compared.Outcomes.Select(outcome => outcome.Evaluated).OfType<EvaluatedModel>())
        {
            await RegisterAsync(request.RunId, run.Configuration, evaluated, folder, cancellation);
        }

        var promotion = compared.Winner is null
            ? new Promotion(false, "the run has no winner")
            : await ConsiderAsync(await registry.GetBestAsync(request.RunId, compared.Winner, cancellation), cancellation);
        await folder.PutPromotionAsync(promotion, compared, cancellation);
        return promotion;
    }

    private async Task RegisterAsync(
        string runId, RunConfiguration configuration, EvaluatedModel evaluated, RunFolder folder, CancellationToken cancellation)
    {
        var evaluation = await folder.FindEvaluationAsync(evaluated.Model, evaluated.Seed, cancellation)
            ?? throw new InvalidInputException($"run: {runId} has lost the evaluation of {evaluated.Model}, seed {evaluated.Seed}.");
        var prepared = await folder.FindPreparedDataAsync(cancellation)
            ?? throw new InvalidInputException($"run: {runId} has no prepared data.");
        var onnx = StorageNames.TrainingFolder(runId, evaluated.Model, evaluated.Seed) + "model.onnx";
        await using var content =
            await storage.Container(StorageNames.Runs).GetBlobClient(onnx).OpenReadAsync(cancellationToken: cancellation);
        await registry.RegisterAsync(
            new ModelVersion
            {
                RunId = runId,
                Model = evaluated.Model,
                Seed = evaluated.Seed,
                RegisteredAt = time.GetUtcNow(),
                Dataset = configuration.Dataset,
                Labels = configuration.Labels,
                Split = configuration.Split,
                TestImages = evaluation.TestScores.Count,
                ValidationAccuracy = evaluation.Validation.Accuracy,
                TestAccuracy = evaluation.Test.Accuracy,
                TestMacroF1 = ConfusionMatrix.Of(
                    evaluation.TestScores.Labels, ClassProbabilities.Labels(evaluation.TestScores), evaluation.TestScores.Classes).MacroF1,
                Parameters = evaluation.Parameters,
                SideInformation = evaluation.SideInformation,
                DataSha256 = prepared.Sha256,
                OnnxBlob = onnx,
                OnnxBytes = content.Length,
                OnnxSha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation)),
            },
            cancellation);
    }

    private async Task<Promotion> ConsiderAsync(ModelVersion challenger, CancellationToken cancellation)
    {
        var champions = registry.Of(challenger.Dataset);
        while (true)
        {
            var champion = await champions.FindChampionAsync(cancellation);
            if (champion?.Id == challenger.Id)
            {
                return new Promotion(true, champion.Reason);
            }

            var (cause, decision) = champion is null
                ? (PromotionCause.First, new PromotionDecision(true, "the first champion", null))
                : (PromotionCause.Rule, await CompareAsync(champion, challenger, cancellation));
            if (!decision.Promote
                || await champions.TryPromoteAsync(challenger, champion, cause, decision.Reason, decision.PValue, cancellation))
            {
                return new Promotion(decision.Promote, decision.Reason);
            }
        }
    }

    private async Task<PromotionDecision> CompareAsync(Champion champion, ModelVersion challenger, CancellationToken cancellation)
    {
        var current = await registry.GetAsync(champion.RunId, champion.Model, champion.Seed, cancellation);
        if (current.DataSha256 != challenger.DataSha256 && await IsOfRegisteredSetAsync(challenger, cancellation))
        {
            return new PromotionDecision(
                true,
                $"the first model of {challenger.Dataset} as it is registered now; {champion.Id} was trained before it was replaced",
                PValue: null);
        }

        if ((current.Labels, current.Split, current.DataSha256) != (challenger.Labels, challenger.Split, challenger.DataSha256))
        {
            return new PromotionDecision(
                false, $"the champion {champion.Id} predicts other labels or was tested on other images; promote by hand", null);
        }

        if (challenger.SideInformation && !current.SideInformation)
        {
            return new PromotionDecision(false, "the challenger used side information and the champion did not; promote by hand", null);
        }

        var before = await folders.Of(champion.RunId).FindEvaluationAsync(champion.Model, champion.Seed, cancellation);
        var now = await folders.Of(challenger.RunId).FindEvaluationAsync(challenger.Model, challenger.Seed, cancellation);
        return before is null || now is null
            ? new PromotionDecision(false, $"the evaluation of the champion {champion.Id} is gone; promote by hand", null)
            : PromotionRule.Decide(before.TestScores, now.TestScores);
    }

    private async Task<bool> IsOfRegisteredSetAsync(ModelVersion challenger, CancellationToken cancellation) =>
        challenger.Dataset is { } name && (await sets.FindAsync(name, cancellation))?.Sha256 == challenger.DataSha256;
}
