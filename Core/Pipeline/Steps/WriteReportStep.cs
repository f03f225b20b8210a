using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Reporting;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Pipeline.Steps;

/// <summary>
/// Renders the report of a compared run into its report folder. It writes <c>report.json</c> last, so the report is complete if
/// that file exists.
/// </summary>
public sealed class WriteReportStep(FashionStorage storage, RunFolders folders, ReportInputReader inputs)
    : IStepHandler<RunRequest, WrittenReport>
{
    private const string Marker = "report.json";

    private readonly BlobContainerClient _runs = storage.Container(StorageNames.Runs);

    public async Task<WrittenReport> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        var prefix = StorageNames.ReportFolder(request.RunId);
        return await IsUpToDateAsync(request.RunId, prefix, cancellation)
            ? new WrittenReport(prefix, await CountAsync(prefix, cancellation))
            : await RenderAsync(request.RunId, cancellation);
    }

    /// <summary>
    /// Renders the report again, and replaces an existing one. One with images stays as it is where the images have been removed since.
    /// </summary>
    public async Task<WrittenReport> RenderAsync(string runId, CancellationToken cancellation)
    {
        var prefix = StorageNames.ReportFolder(runId);
        var input = await inputs.ReadAsync(runId, cancellation);
        if (input.MissingImages is not null && await IsUpToDateAsync(runId, prefix, cancellation))
        {
            return new WrittenReport(prefix, await CountAsync(prefix, cancellation));
        }

        var files = ReportFiles.Render(ReportBuilder.Build(input), input).OrderBy(file => file.Path == Marker).ToList();
        foreach (var file in files)
        {
            if (file.Path == Marker)
            {
                await RemoveOthersAsync(prefix, [.. files.Select(current => prefix + current.Path)], cancellation);
            }

            var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = file.ContentType } };
            await _runs.GetBlobClient(prefix + file.Path).UploadAsync(BinaryData.FromBytes(file.Content), options, cancellation);
        }

        return new WrittenReport(prefix, files.Count);
    }

    /// <summary>Removes what an earlier report had and this one does not have, such as a plot of a training that failed since.</summary>
    private async Task RemoveOthersAsync(string prefix, HashSet<string> names, CancellationToken cancellation)
    {
        await foreach (var blob in _runs.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation))
        {
            if (!names.Contains(blob.Name))
            {
                await _runs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
            }
        }
    }

    private async Task<bool> IsUpToDateAsync(string runId, string prefix, CancellationToken cancellation)
    {
        var marker = _runs.GetBlobClient(prefix + Marker);
        if (!await marker.ExistsAsync(cancellation))
        {
            return false;
        }

        var written = await marker.GetPropertiesAsync(cancellationToken: cancellation);
        var compared = await _runs.GetBlobClient(folders.Of(runId).ComparisonPath).GetPropertiesAsync(cancellationToken: cancellation);
        return written.Value.LastModified > compared.Value.LastModified;
    }

    private async Task<int> CountAsync(string prefix, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var _ in _runs.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation))
        {
            count++;
        }

        return count;
    }
}
