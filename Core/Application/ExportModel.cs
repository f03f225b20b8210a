using System.Text;
using Azure.Storage.Blobs;
using ServerlessFashion.Datasets;
using ServerlessFashion.Registry;
using ServerlessFashion.Reporting.ModelCards;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Application;

/// <summary>Packs a registered model with its model card, to be used elsewhere.</summary>
public sealed class ExportModel(
    FashionStorage storage, ModelRegistry registry, RegisteredSets sets, RunReferences references, RunStore runs,
    RunDefinitions definitions, RunFolders folders)
{
    private const string Onnx = "model.onnx";
    private const string Safetensors = "model.safetensors";

    private readonly BlobContainerClient _runs = storage.Container(StorageNames.Runs);

    /// <param name="model">
    /// <c>champion</c>, <c>RUN/MODEL</c> for its best seed, or <c>RUN/MODEL/seed-N</c>; RUN is a text that names a run, see
    /// <see cref="RunReferences"/>.
    /// </param>
    /// <exception cref="RefusedException">More than one run is meant.</exception>
    /// <exception cref="InvalidInputException">There is no such model, or its files or its evaluation are gone.</exception>
    public async Task<ModelPackage> OpenAsync(string model, CancellationToken cancellation)
    {
        var version = await FindAsync(model, cancellation);
        var folder = StorageNames.TrainingFolder(version.RunId, version.Model, version.Seed);
        if (!await _runs.GetBlobClient(version.OnnxBlob).ExistsAsync(cancellation))
        {
            throw new InvalidInputException($"model: {version.Id} has lost its file {_runs.Name}/{version.OnnxBlob}.");
        }

        var hasWeights = (await _runs.GetBlobClient(folder + Safetensors).ExistsAsync(cancellation)).Value;
        var card = ModelCard.Render(await DescribeAsync(version, hasWeights, cancellation));
        var files = new List<ModelFile> { Blob(Onnx, version.OnnxBlob) };
        if (hasWeights)
        {
            files.Add(Blob(Safetensors, folder + Safetensors));
        }

        files.Add(new ModelFile(ModelCard.FileName, _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(card)))));
        return new ModelPackage(files, card);
    }

    private async Task<ModelVersion> FindAsync(string model, CancellationToken cancellation)
    {
        try
        {
            return await ModelReference.FindAsync(registry, await references.ExpandModelAsync(model, cancellation), cancellation);
        }
        catch (InvalidInputException)
        {
            // A set that was removed may still have its champion, so the set is looked for only now.
            await sets.RequireAsync(ModelReference.DatasetOf(model), cancellation);
            throw;
        }
    }

    private async Task<ModelCardInput> DescribeAsync(ModelVersion version, bool hasWeights, CancellationToken cancellation)
    {
        var evaluation = await folders.Of(version.RunId).FindEvaluationAsync(version.Model, version.Seed, cancellation)
            ?? throw new InvalidInputException($"model: {version.Id} has lost its evaluation.");
        var run = await runs.FindAsync(version.RunId, cancellation);
        return new ModelCardInput(
            version, await definitions.GetAsync(version.RunId, cancellation), evaluation, run?.Description ?? RunDescription.None,
            hasWeights);
    }

    private ModelFile Blob(string name, string blob) => new(
        name, async cancellation => await _runs.GetBlobClient(blob).OpenReadAsync(cancellationToken: cancellation));
}
