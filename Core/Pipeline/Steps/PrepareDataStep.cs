using ServerlessFashion.Datasets;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Copies Fashion-MNIST where the run needs it, and the ImageNet weights if a model does, into storage. Assigns images to the sets of the
/// run.
/// </summary>
internal sealed class PrepareDataStep(
    FashionStorage storage, RunDefinitions definitions, RunFolders folders, DatasetStore store, DatasetLocator datasets,
    RunImages images, ImageNetWeights weights, IProgress<StepNote> notes)
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
        var run = await definitions.GetAsync(request.RunId, cancellation);
        if (run.Dataset is null && !await store.IsCompleteAsync(cancellation))
        {
            await store.UploadAsync(await datasets.LocateAsync(progress, cancellation), cancellation);
        }

        var split = await images.ChooseAsync(run, cancellation);
        await folder.PutSplitAsync(split, cancellation);

        var wantsWeights = run.Specs.Any(spec => spec.IsPretrained);
        var (blob, note) = wantsWeights ? await weights.PrepareAsync(storage, progress, cancellation) : (null, null);
        var first = split.OfTraining(run.Configuration.Seeds[0]);
        var prepared = new PreparedData(
            run.Dataset is { } set ? $"{set.Name}/" : DatasetStore.Prefix, folder.SplitPath,
            first.Train.Length, first.Validation.Length, first.Test.Length, run.DataSha256, blob, note);
        await folder.PutPreparedDataAsync(prepared, cancellation);
        return prepared;
    }

    private sealed class RunNotes(string runId, IProgress<StepNote> notes) : IProgress<string>
    {
        public void Report(string value) => notes.Report(new StepNote(runId, value));
    }
}
