using System.Globalization;
using Azure.Storage.Blobs;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Builds an ensemble from the scores that the evaluations of its members stored. It writes the same blobs as <c>EvaluateModel</c>
/// for one model: <c>model.onnx</c>, <c>predictions.csv</c> and, last, <c>evaluation.json</c>.
/// </summary>
internal sealed class EvaluateEnsembleStep(FashionStorage storage, RunDefinitions definitions, RunFolders folders)
    : IStepHandler<EnsembleRequest, EvaluatedModel>
{
    private readonly BlobContainerClient _runs = storage.Container(StorageNames.Runs);

    public async Task<EvaluatedModel> RunAsync(EnsembleRequest request, CancellationToken cancellation)
    {
        var folder = folders.Of(request.RunId);
        var evaluation = await folder.FindEvaluationAsync(request.Name, EnsembleConfiguration.Seed, cancellation);
        if (evaluation is null || !evaluation.Members.SequenceEqual(Names(request.Members)))
        {
            evaluation = await EvaluateAsync(request, folder, cancellation);
        }

        return new EvaluatedModel(request.Name, EnsembleConfiguration.Seed, evaluation.Validation.Accuracy, evaluation.Test.Accuracy);
    }

    private async Task<ModelEvaluation> EvaluateAsync(EnsembleRequest request, RunFolder folder, CancellationToken cancellation)
    {
        var members = new List<ModelEvaluation>();
        var trainScores = new List<ScoredSet>();
        foreach (var member in request.Members)
        {
            members.Add(await folder.FindEvaluationAsync(member.Model, member.Seed, cancellation)
                ?? throw new InvalidInputException(
                    $"ensemble: {member.Model}, seed {member.Seed} of run {request.RunId} was not evaluated."));
            trainScores.Add(await folder.GetTrainScoresAsync(member.Model, member.Seed, cancellation));
        }

        var evaluation = Vote(request, members, SoftVote.Of(trainScores));
        var path = StorageNames.TrainingFolder(request.RunId, request.Name, EnsembleConfiguration.Seed);
        await ExportAsync(path, request, cancellation);
        await using (var predictions =
            await _runs.GetBlobClient(path + "predictions.csv").OpenWriteAsync(overwrite: true, cancellationToken: cancellation))
        {
            TestPredictions.Write(evaluation.TestScores, predictions);
        }

        await folder.PutEvaluationAsync(evaluation, cancellation);
        return evaluation;
    }

    private static ModelEvaluation Vote(EnsembleRequest request, List<ModelEvaluation> members, ScoredSet train)
    {
        var validation = SoftVote.Of([.. members.Select(member => member.ValidationScores)]);
        var test = SoftVote.Of([.. members.Select(member => member.TestScores)]);
        return new ModelEvaluation
        {
            Name = request.Name,
            Seed = EnsembleConfiguration.Seed,
            Parameters = members.Sum(member => member.Parameters),
            TrainableParameters = members.Sum(member => member.TrainableParameters),
            Epochs = members.Sum(member => member.Epochs),
            BatchSize = members[0].BatchSize,
            TrainImages = members.Max(member => member.TrainImages),
            TrainSeconds = members.Sum(member => member.TrainSeconds),
            TestSeconds = members.Sum(member => member.TestSeconds),
            BestEpoch = 0,
            SideInformation = members.Any(member => member.SideInformation),
            Weights = "those of its members",
            Members = Names(request.Members),
            Threads = members.Max(member => member.Threads),
            PeakMemoryBytes = members.Max(member => member.PeakMemoryBytes),
            Train = LogitScore.Of(train.Logits, train.Labels),
            Validation = LogitScore.Of(validation.Logits, validation.Labels),
            Test = LogitScore.Of(test.Logits, test.Labels),
            History = [],
            ValidationScores = validation,
            TestScores = test,
        };
    }

    private async Task ExportAsync(string path, EnsembleRequest request, CancellationToken cancellation)
    {
        var run = await definitions.GetAsync(request.RunId, cancellation);
        var prepared = await folders.Of(request.RunId).FindPreparedDataAsync(cancellation)
            ?? throw new InvalidInputException($"run: {request.RunId} has no prepared data.");
        var models = new List<byte[]>();
        foreach (var member in request.Members)
        {
            var onnx = _runs.GetBlobClient(StorageNames.TrainingFolder(request.RunId, member.Model, member.Seed) + "model.onnx");
            models.Add((await onnx.DownloadContentAsync(cancellation)).Value.Content.ToArray());
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"{request.RunId}/{request.Name}/seed-{EnsembleConfiguration.Seed}");
        var metadata = new OnnxMetadata(id, request.RunId, run.Labels.Names, prepared.Sha256) { Dataset = run.Dataset };
        await using var destination =
            await _runs.GetBlobClient(path + "model.onnx").OpenWriteAsync(overwrite: true, cancellationToken: cancellation);
        OnnxEnsemble.Write(request.Name, models, metadata.ToEntries(), destination);
    }

    private static string[] Names(IReadOnlyList<TrainingId> members) =>
        [.. members.Select(member => string.Create(CultureInfo.InvariantCulture, $"{member.Model} seed {member.Seed}"))];
}
