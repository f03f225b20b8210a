using ServerlessFashion.Evaluation;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Tests;

/// <summary>
/// The evaluation of a trained model as a run leaves it: eight images, of which six get their label, and the file of the weights.
/// </summary>
internal static class StoredEvaluation
{
    private static readonly byte[] Truth = [0, 0, 1, 1, 2, 2, 3, 4];
    private static readonly byte[] Predicted = [0, 0, 1, 1, 2, 2, 4, 0];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="withWeights">False for an ensemble, which has no weights of its own.</param>
    public static async Task AddAsync(FashionStorage storage, string runId, string model, bool withWeights = true)
    {
        await new RunFolder(storage, runId).PutEvaluationAsync(Of(model), Cancellation);
        if (withWeights)
        {
            var weights = StorageNames.TrainingFolder(runId, model, 1) + "model.safetensors";
            await storage.Container(StorageNames.Runs).GetBlobClient(weights)
                .UploadAsync(BinaryData.FromString("the weights"), overwrite: true, Cancellation);
        }
    }

    private static ModelEvaluation Of(string model) => new()
    {
        Name = model,
        Seed = 1,
        Parameters = 1570,
        TrainableParameters = 1570,
        Epochs = 6,
        BatchSize = 64,
        TrainImages = 1600,
        TrainSeconds = 10,
        TestSeconds = .1,
        BestEpoch = 5,
        SideInformation = false,
        Weights = "Glorot uniform",
        Threads = 1,
        PeakMemoryBytes = 1,
        Train = new SetScore(.9, .3),
        Validation = new SetScore(.75, .5),
        Test = new SetScore(.75, .5),
        History = [],
        ValidationScores = Scores(),
        TestScores = Scores(),
    };

    private static ScoredSet Scores() => new(
        [0, 1, 2, 3, 4, 5, 6, 7], Truth,
        [.. Predicted.SelectMany(label => Enumerable.Range(0, 5).Select(other => other == label ? 5f : 0f))]);
}
