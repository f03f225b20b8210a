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
public sealed class ReportQueries(FashionStorage storage, WriteReportStep render, ReportInputReader inputs) : IReportService
{
    private static readonly string[] ModelFiles = ["model.onnx", "model.safetensors"];

    private readonly BlobContainerClient _runs = storage.Container(StorageNames.Runs);

    /// <summary>A file of a run's report; null when there is none of that path.</summary>
    /// <param name="file">A path in the report's folder, such as <c>index.html</c> or <c>plots/curves.svg</c>.</param>
    public async Task<StoredReportFile?> FindFileAsync(string runId, string file, CancellationToken cancellation)
    {
        if (!ReportFolder.IsSafe(file))
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

        return count;
    }

    /// <summary>Checks that every run has results to report on.</summary>
    /// <exception cref="InvalidInputException">There is no such run, or it was not compared yet.</exception>
    public async Task<RunReports> ReadAsync(IReadOnlyList<string> runIds, CancellationToken cancellation)
    {
        var read = new List<ReportInput>();
        foreach (var id in runIds)
        {
            read.Add(await inputs.ReadAsync(id, cancellation));
        }

        return new RunReports(
            (folder, stop) => read is [var only]
                ? RenderAsync(only.RunId, folder, stop)
                : WriteAsync(RunsReport.Render(read), new ReportFolder(folder), stop),
            (store, stop) => WriteMlflowAsync(read, store, stop));
    }

    /// <summary>Renders the report of a run anew from its stored results, and copies it into a folder.</summary>
    private async Task<int> RenderAsync(string runId, string folder, CancellationToken cancellation)
    {
        await render.RenderAsync(runId, cancellation);
        return await DownloadAsync(runId, folder, cancellation);
    }

    /// <summary>Writes the runs with their reports and models as runs of MLflow.</summary>
    private async Task<int> WriteMlflowAsync(IReadOnlyList<ReportInput> runs, string store, CancellationToken cancellation)
    {
        var folder = new ReportFolder(store);
        var count = 0;
        foreach (var run in runs)
        {
            var document = ReportBuilder.Build(run);
            count += await WriteAsync(MlflowStore.Render(document, ReportFiles.Render(document, run), store), folder, cancellation);
            foreach (var model in document.Models)
            {
                var artifacts = MlflowStore.ModelArtifacts(document, model);
                count += await DownloadModelAsync(run.RunId, model.Name, model.Seed, folder, artifacts, cancellation);
            }
        }

        return count;
    }

    /// <summary>Copies the stored model of a training into a folder. An ensemble has no model files, and adds none.</summary>
    private async Task<int> DownloadModelAsync(
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

/// <summary>The results of runs, ready to be written as a report.</summary>
/// <param name="write">Writes the report into a folder and returns the number of files.</param>
/// <param name="writeMlflow">Writes a tracking store of MLflow; null where the results are at a server, which has reports only.</param>
public sealed class RunReports(
    Func<string, CancellationToken, Task<int>> write, Func<string, CancellationToken, Task<int>>? writeMlflow = null)
{
    /// <summary>Writes the report of one run, or one report with all models of several runs, into a folder.</summary>
    /// <returns>The number of files.</returns>
    public Task<int> WriteAsync(string folder, CancellationToken cancellation) => write(folder, cancellation);

    /// <summary>Writes the runs with their reports and models as runs of MLflow into a folder, its tracking store.</summary>
    /// <returns>The number of files.</returns>
    /// <exception cref="InvalidInputException">The results are at a server.</exception>
    public Task<int> WriteMlflowAsync(string store, CancellationToken cancellation) => writeMlflow?.Invoke(store, cancellation)
        ?? throw new InvalidInputException("format: a server gives reports only; for mlflow, name the storage account with --storage.");
}
