using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Reporting;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Reporting.Mlflow;
using ServerlessFashion.Reporting.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>A file of a report, open for reading.</summary>
/// <param name="ETag">The version of the file, in quotes.</param>
public sealed record StoredReportFile(Stream Content, string ContentType, DateTimeOffset LastModified, string ETag);

/// <summary>Reads and renders the reports of runs.</summary>
public sealed partial class ReportQueries(
    FashionStorage storage, RunReferences references, WriteReportStep render, ReportInputReader inputs) : IReportService
{
    private static readonly string[] ModelFiles = ["model.onnx", "model.safetensors"];

    private readonly BlobContainerClient _runs = storage.Container(StorageNames.Runs);

    /// <summary>A file of a run's report; null when there is none of that path.</summary>
    /// <param name="file">A path in the report's folder, such as <c>index.html</c> or <c>plots/curves.svg</c>.</param>
    public async Task<StoredReportFile?> FindFileAsync(string runId, string file, CancellationToken cancellation)
    {
        if (!SafePath().IsMatch(file))
        {
            return null;
        }

        try
        {
            var blob = _runs.GetBlobClient(StorageNames.ReportFolder(runId) + file);
            var found = (await blob.DownloadStreamingAsync(cancellationToken: cancellation)).Value;
            return new StoredReportFile(
                found.Content, found.Details.ContentType, found.Details.LastModified, found.Details.ETag.ToString("H"));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Copies a run's report into a folder, which is created.</summary>
    /// <returns>The number of files; 0 when the run has no report.</returns>
    public async Task<int> DownloadAsync(string runId, string folder, CancellationToken cancellation)
    {
        var prefix = StorageNames.ReportFolder(runId);
        var files = new ReportFolder(folder);
        var count = 0;
        await foreach (var blob in _runs.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation))
        {
            await files.WriteAsync(
                blob.Name[prefix.Length..], stream => _runs.GetBlobClient(blob.Name).DownloadToAsync(stream, cancellation));
            count++;
        }

        if (count > 0)
        {
            await files.CompleteAsync();
        }

        return count;
    }

    /// <summary>Checks that every run has results to report on.</summary>
    /// <param name="runs">Texts that name runs, see <see cref="RunReferences"/>.</param>
    /// <exception cref="RefusedException">A text names no run, or more than one.</exception>
    /// <exception cref="InvalidInputException">A run was not compared yet, or is named twice.</exception>
    public async Task<IRunReports> ReadAsync(IReadOnlyList<string> runs, CancellationToken cancellation) =>
        await ReadRunsAsync(runs, cancellation);

    internal async Task<RunReports> ReadRunsAsync(IReadOnlyList<string> runs, CancellationToken cancellation)
    {
        var read = new List<ReportInput>();
        foreach (var text in runs)
        {
            var id = (await references.GetAsync(text, cancellation)).Id;
            read.Add(read.Any(before => before.RunId == id)
                ? throw new InvalidInputException($"run: {id} is named twice.")
                : await inputs.ReadAsync(id, cancellation));
        }

        return new RunReports(this, read);
    }

    /// <summary>Renders the report of a run anew from its stored results, and copies it into a folder.</summary>
    internal async Task<int> RenderAsync(string runId, string folder, CancellationToken cancellation)
    {
        await render.RenderAsync(runId, cancellation);
        return await DownloadAsync(runId, folder, cancellation);
    }

    /// <summary>Copies the stored model of a training into a folder; one that has no such files, as an ensemble, adds none.</summary>
    internal async Task<int> DownloadModelAsync(
        string runId, string model, int seed, ReportFolder folder, string path, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var file in ModelFiles)
        {
            var blob = _runs.GetBlobClient(StorageNames.TrainingFolder(runId, model, seed) + file);
            if (await blob.ExistsAsync(cancellation))
            {
                await folder.WriteAsync($"{path}/{file}", stream => blob.DownloadToAsync(stream, cancellation));
                count++;
            }
        }

        return count;
    }

    /// <summary>Names and folders that begin with a letter or digit: no way up or out.</summary>
    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafePath();
}

/// <summary>The results of runs, read and ready to be rendered.</summary>
public sealed class RunReports : IRunReports
{
    private readonly ReportQueries _reports;
    private readonly IReadOnlyList<ReportInput> _inputs;

    internal RunReports(ReportQueries reports, IReadOnlyList<ReportInput> inputs)
    {
        _reports = reports;
        _inputs = inputs;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> RunIds => [.. _inputs.Select(input => input.RunId)];

    /// <inheritdoc/>
    public Task<int> WriteAsync(string folder, CancellationToken cancellation) => _inputs is [var only]
        ? _reports.RenderAsync(only.RunId, folder, cancellation)
        : WriteRunsAsync(folder, cancellation);

    /// <inheritdoc/>
    public Task<int> WriteMlflowAsync(string store, CancellationToken cancellation) => WriteMlflowAsync(store, store, cancellation);

    /// <param name="store">The folder in which MLflow will find the store. Its path is written into the files.</param>
    /// <param name="target">The folder to write into.</param>
    internal async Task<int> WriteMlflowAsync(string store, string target, CancellationToken cancellation)
    {
        var folder = ReportFolder.MlflowStoreIn(target);
        var count = 0;
        foreach (var input in _inputs)
        {
            var document = ReportBuilder.Build(input);
            count += await WriteAsync(
                MlflowStore.Render(document, ReportFiles.Render(document, input), store), folder, cancellation);
            foreach (var model in document.Models)
            {
                count += await _reports.DownloadModelAsync(
                    input.RunId, model.Name, model.Seed, folder, MlflowStore.ModelArtifacts(document, model), cancellation);
            }
        }

        await folder.CompleteAsync();
        return count;
    }

    private async Task<int> WriteRunsAsync(string folder, CancellationToken cancellation)
    {
        var files = new ReportFolder(folder);
        var count = await WriteAsync(RunsReport.Render(_inputs), files, cancellation);
        await files.CompleteAsync();
        return count;
    }

    private static async Task<int> WriteAsync(IEnumerable<ReportFile> files, ReportFolder written, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var file in files)
        {
            await written.WriteAsync(file.Path, stream => stream.WriteAsync(file.Content, cancellation).AsTask());
            count++;
        }

        return count;
    }
}
