using System.Security.Cryptography;
using ServerlessFashion.Data;
using ServerlessFashion.Registry;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Tests;

/// <summary>
/// <see cref="TinyModel"/> as a run leaves it: its file in storage and its version in the registry. Dark images get label 0, bright
/// ones 1.
/// </summary>
internal static class RegisteredModel
{
    public static async Task<ModelVersion> AddAsync(FashionStorage storage, ModelRegistry registry, string runId, string model)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var content = TinyModel.Bytes([0f, .01f], [1f, 0f]);
        var version = new ModelVersion
        {
            RunId = runId,
            Model = model,
            Seed = 1,
            RegisteredAt = DateTimeOffset.UnixEpoch,
            Labels = LabelScheme.Five,
            Split = DatasetSplit.Competition,
            TestImages = 10,
            ValidationAccuracy = .5,
            TestAccuracy = .5,
            TestMacroF1 = .5,
            Parameters = 1570,
            SideInformation = false,
            DataSha256 = "ab",
            OnnxBlob = StorageNames.TrainingFolder(runId, model, 1) + "model.onnx",
            OnnxBytes = content.Length,
            OnnxSha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
        await storage.Container(StorageNames.Runs).GetBlobClient(version.OnnxBlob)
            .UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellation);
        await registry.RegisterAsync(version, cancellation);
        return version;
    }
}
