using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests.Steps;

public sealed class EvaluateEnsembleStepTests(AzuriteFixture azurite)
{
    private const string Run = "run-1";
    private static readonly EnsembleRequest Request = new(Run, "ensemble", [new(Run, "model1", 1), new(Run, "model1", 2)]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// Label 0 or 1 for one image. The first member gives label 1 a probability of 3/4, the second one of 1/5: their mean is
    /// .475, so the vote says 0, with a loss of -ln .525.
    /// </summary>
    [Fact]
    public async Task Run_TwoMembers_LeavesTheirVoteAsAModelOfTheRun()
    {
        var storage = await PrepareAsync();

        var result = await TestServices.On(storage).Create<EvaluateEnsembleStep>().RunAsync(Request, Cancellation);

        var evaluation = (await new RunFolder(storage, Run).FindEvaluationAsync("ensemble", 1, Cancellation))!;
        Assert.Equal(1, evaluation.Test.Accuracy);
        Assert.All(
            new[] { evaluation.Train, evaluation.Validation, evaluation.Test }, score => Assert.Equal(-Math.Log(.525), score.Loss, 1e-6));
        Assert.Equal(["model1 seed 1", "model1 seed 2"], evaluation.Members);
        Assert.Equal((200, 14.0, 4.0, 6), (evaluation.Parameters, evaluation.TrainSeconds, evaluation.TestSeconds, evaluation.Epochs));
        Assert.False(evaluation.SideInformation);
        Assert.Equal(new EvaluatedModel("ensemble", 1, 1, 1), result);
        Assert.Equal("Id,Label,Predicted,P0,P1\n5,0,0,0.525,0.475\n", await ReadAsync(storage, "predictions.csv"));
    }

    [Fact]
    public async Task Run_TwoMembers_ExportsOneFileThatIsServedLikeAnyModel()
    {
        var storage = await PrepareAsync();

        await TestServices.On(storage).Create<EvaluateEnsembleStep>().RunAsync(Request, Cancellation);

        var pixels = new byte[784];
        new Random(3).NextBytes(pixels);
        using var vote = ImageClassifier.Load(await BytesAsync(storage, "ensemble", 1), "ensemble");
        using var first = ImageClassifier.Load(await BytesAsync(storage, "model1", 1), "first");
        using var second = ImageClassifier.Load(await BytesAsync(storage, "model1", 2), "second");
        var expected = first.Classify(pixels, 1, Cancellation).Probabilities.Zip(
            second.Classify(pixels, 1, Cancellation).Probabilities, (a, b) => (a + b) / 2);
        Assert.All(expected.Zip(vote.Classify(pixels, 1, Cancellation).Probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal($"{Run}/ensemble/seed-1", vote.ModelId);
    }

    [Fact]
    public async Task Run_Again_FindsItsFinishedWorkUnlessTheMembersChanged()
    {
        var storage = await PrepareAsync();
        var step = TestServices.On(storage).Create<EvaluateEnsembleStep>();
        await step.RunAsync(Request, Cancellation);
        var written = await ModifiedAsync(storage);

        await step.RunAsync(Request, Cancellation);
        Assert.Equal(written, await ModifiedAsync(storage));

        await step.RunAsync(Request with { Members = [new(Run, "model1", 2)] }, Cancellation);
        Assert.Equal(["model1 seed 2"], (await new RunFolder(storage, Run).FindEvaluationAsync("ensemble", 1, Cancellation))!.Members);
    }

    [Fact]
    public async Task Run_MemberThatWasNotEvaluated_IsNamed()
    {
        var storage = await PrepareAsync();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => TestServices.On(storage).Create<EvaluateEnsembleStep>()
                .RunAsync(Request with { Members = [new(Run, "model4", 1)] }, Cancellation));

        Assert.Equal("ensemble: model4, seed 1 of run run-1 was not evaluated.", refused.Message);
    }

    private async Task<FashionStorage> PrepareAsync()
    {
        var storage = await azurite.NewStorageAsync();
        var definition = Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = ["model1"], Seeds = 2 }, _ => 1);
        await AddedRun.StoreOn(storage).AddAsync(Run, RunStatus.Running, definition);
        var folder = new RunFolder(storage, Run);
        await folder.PutPreparedDataAsync(new PreparedData("", "", 1, 1, 1, "ab", null, null), Cancellation);
        await PutMemberAsync(storage, 1, new ScoredSet([5], [0], [0, MathF.Log(3)]));
        await PutMemberAsync(storage, 2, new ScoredSet([5], [0], [MathF.Log(4), 0]));
        return storage;
    }

    private static async Task PutMemberAsync(FashionStorage storage, int seed, ScoredSet scores)
    {
        var folder = new RunFolder(storage, Run);
        var evaluation = SmallEvaluation.Of("model1", seed, scores);
        await folder.PutTrainScoresAsync(evaluation, Cancellation);
        await folder.PutEvaluationAsync(evaluation, Cancellation);
        var onnx = new MemoryStream();
        OnnxModel.Write(
            StudyModels.Model1, ClassLabels.Five, RandomWeights.Of("model1", seed),
            new OnnxMetadata($"{Run}/model1/seed-{seed}", Run, ClassLabels.Five.Names, "ab").ToEntries(), onnx);
        await storage.Container(StorageNames.Runs).GetBlobClient($"{Run}/model1/seed-{seed}/model.onnx")
            .UploadAsync(new BinaryData(onnx.ToArray()), Cancellation);
    }

    private static async Task<string> ReadAsync(FashionStorage storage, string file) =>
        (await storage.Container(StorageNames.Runs).GetBlobClient($"{Run}/ensemble/seed-1/{file}").DownloadContentAsync(Cancellation)).Value
            .Content.ToString();

    private static async Task<byte[]> BytesAsync(FashionStorage storage, string model, int seed) =>
        (await storage.Container(StorageNames.Runs).GetBlobClient($"{Run}/{model}/seed-{seed}/model.onnx")
            .DownloadContentAsync(Cancellation)).Value.Content.ToArray();

    private static async Task<DateTimeOffset> ModifiedAsync(FashionStorage storage) =>
        (await storage.Container(StorageNames.Runs).GetBlobClient($"{Run}/ensemble/seed-1/model.onnx")
            .GetPropertiesAsync(cancellationToken: Cancellation)).Value.LastModified;
}
