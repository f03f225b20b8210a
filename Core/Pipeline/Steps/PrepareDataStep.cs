using ServerlessFashion.Datasets;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Copies Fashion-MNIST where the run needs it, and the ImageNet weights if a model does, into storage. Assigns images to the sets of the
/// run. Weights that could not be had are tried again when the run is resumed, unless the run allows random ones.
/// </summary>
internal sealed class PrepareDataStep(
    FashionStorage storage, RunDefinitions definitions, RunFolders folders, DatasetStore store, DatasetLocator datasets,
    RunImages images, ImageNetWeights weights, IProgress<StepNote> notes)
    : IStepHandler<RunRequest, PreparedData>
{
    public async Task<PreparedData> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        var folder = folders.Of(request.RunId);
        var found = await folder.FindPreparedDataAsync(cancellation);
        if (found is not null && found.ImageNet?.All(file => file.Missing is null) != false)
        {
            return found;
        }

        var progress = new RunNotes(request.RunId, notes);
        var run = await definitions.GetAsync(request.RunId, cancellation);
        if (found is not null && run.Configuration.AllowRandomWeights)
        {
            // Models may have started from random weights already, and the others of the run must start from the same.
            return found;
        }

        var prepared = (found ?? await PrepareSetsAsync(run, folder, progress, cancellation)) with
        {
            ImageNet = await PrepareWeightsAsync(run, progress, cancellation),
        };
        await folder.PutPreparedDataAsync(prepared, cancellation);
        return prepared;
    }

    private async Task<PreparedData> PrepareSetsAsync(
        RunDefinition run, RunFolder folder, IProgress<string> progress, CancellationToken cancellation)
    {
        if (run.Dataset is null && !await store.IsCompleteAsync(cancellation))
        {
            await store.UploadAsync(await datasets.LocateAsync(progress, cancellation), cancellation);
        }

        var split = await images.ChooseAsync(run, cancellation);
        await folder.PutSplitAsync(split, cancellation);
        var first = split.OfTraining(run.Configuration.Seeds[0]);
        return new PreparedData(
            run.Dataset is { } set ? $"{set.Name}/" : DatasetStore.Prefix, folder.SplitPath,
            first.Train.Length, first.Validation.Length, first.Test.Length, run.DataSha256, null, null);
    }

    /// <summary>Null if no model of the run starts from ImageNet weights.</summary>
    private async Task<IReadOnlyList<PreparedWeights>?> PrepareWeightsAsync(
        RunDefinition run, IProgress<string> progress, CancellationToken cancellation)
    {
        var prepared = new List<PreparedWeights>();
        foreach (var file in run.Specs.Select(spec => spec.ImageNet).OfType<ImageNetFile>().Distinct())
        {
            prepared.Add(await weights.PrepareAsync(file, storage, progress, cancellation));
            var models = string.Join(", ", run.Specs.Where(spec => spec.ImageNet == file).Select(spec => spec.Name));
            progress.Report(
                prepared[^1].Missing is not { } reason ? $"{models}: start from {file}"
                : run.Configuration.AllowRandomWeights ? $"{models}: start from random weights, because {reason}"
                : $"{models}: cannot be trained, because {reason}");
        }

        return prepared is [] ? null : prepared;
    }

    private sealed class RunNotes(string runId, IProgress<StepNote> notes) : IProgress<string>
    {
        public void Report(string value) => notes.Report(new StepNote(runId, value));
    }
}
