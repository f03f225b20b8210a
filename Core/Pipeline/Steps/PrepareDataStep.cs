using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Copies the data, and the ImageNet weights if a model needs them, into storage, and assigns images to the sets of the run.
/// </summary>
internal sealed class PrepareDataStep(
    FashionStorage storage, RunDefinitions definitions, RunFolders folders, DatasetStore store, DatasetLocator datasets,
    ImageNetWeights weights, IProgress<StepNote> notes)
    : IStepHandler<RunRequest, PreparedData>
{
    public async Task<PreparedData> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        var folder = folders.Of(request.RunId);
        if (await folder.FindPreparedDataAsync(cancellation) is { } finished)
        {
            return finished;
        }

        var progress = new RunNotes(request.RunId, notes);
        if (!await store.IsCompleteAsync(cancellation))
        {
            await store.UploadAsync(await datasets.LocateAsync(progress, cancellation), cancellation);
        }

        var run = await definitions.GetAsync(request.RunId, cancellation);
        var data = await store.LoadAsync(cancellation);
        run.RequireSameData(data.Sha256);
        var split = DatasetSplits.Choose(data, run.Configuration.ToSplitSettings());
        await folder.PutSplitAsync(split, cancellation);

        var wantsWeights = run.Specs.Any(spec => spec.IsPretrained);
        var (blob, note) = wantsWeights ? await weights.PrepareAsync(storage, progress, cancellation) : (null, null);
        var prepared = new PreparedData(
            DatasetStore.Prefix, folder.SplitPath, split.Train.Length, split.Validation.Length, split.Test.Length, data.Sha256, blob, note);
        await folder.PutPreparedDataAsync(prepared, cancellation);
        return prepared;
    }

    private sealed class RunNotes(string runId, IProgress<StepNote> notes) : IProgress<string>
    {
        public void Report(string value) => notes.Report(new StepNote(runId, value));
    }
}
