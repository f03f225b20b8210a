using System.Security.Cryptography;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Datasets;

/// <summary>
/// The files with ImageNet weights that are published on the internet: one download for a machine, however many processes ask, and a copy
/// in storage for the processes that train. Every copy is checked against the SHA-256 of its <see cref="ImageNetFile"/>.
/// </summary>
/// <param name="folder">Keeps the downloads.</param>
/// <param name="mirror">Address of the file that replaces the published one; null for none.</param>
/// <param name="time">Measures how long a server stays silent; null for the system's clock.</param>
public sealed class ImageNetWeights(string folder, HttpClient http, Uri? mirror = null, TimeProvider? time = null)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The path of the local copy. The file need not exist.</summary>
    public string PathOf(ImageNetFile file) => Path.Combine(folder, file.Name);

    /// <summary>Provides a file for trainings, from the local copy or by download where storage does not have it yet.</summary>
    public async Task<PreparedWeights> PrepareAsync(
        ImageNetFile file, FashionStorage storage, IProgress<string> progress, CancellationToken cancellation)
    {
        if (file.Source is null)
        {
            return new PreparedWeights(file.Name, Blob: null);
        }

        var name = $"weights/{file.Name}";
        try
        {
            var blob = storage.Container(StorageNames.Datasets).GetBlobClient(name);
            if (!await blob.ExistsAsync(cancellation))
            {
                await blob.UploadAsync(await FindAsync(file, progress, cancellation), overwrite: true, cancellation);
            }

            return new PreparedWeights(file.Name, name);
        }
        catch (WeightsUnavailableException e)
        {
            return new PreparedWeights(file.Name, Blob: null, e.Message, e.Remedy);
        }
    }

    /// <summary>Returns the path of a checked local copy, and downloads it if it is missing. One process downloads, others wait.</summary>
    /// <exception cref="InvalidInputException">
    /// The download failed, or the content of the file is not the published one. The message names the remedy.
    /// </exception>
    public async Task<string> GetAsync(ImageNetFile file, IProgress<string> progress, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(file, progress, cancellation);
        }
        catch (WeightsUnavailableException e)
        {
            throw new InvalidInputException($"{e.Message}; {e.Remedy}.", e);
        }
    }

    private async Task<string> FindAsync(ImageNetFile file, IProgress<string> progress, CancellationToken cancellation)
    {
        var source = mirror ?? file.Source
            ?? throw new ArgumentException($"{file.Name} comes with the program and is not downloaded.", nameof(file));
        var path = PathOf(file);
        try
        {
            Directory.CreateDirectory(folder);
            await using var only = await LockAsync($"{path}.lock", progress, cancellation);
            if (!File.Exists(path))
            {
                await DownloadAsync(file, source, path, progress, cancellation);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            throw new WeightsUnavailableException(
                $"{file.Name} cannot be downloaded from {source.Host} ({FileFailure.Reason(e)})",
                $"put it into {folder}, or name a mirror in {DatasetOptions.MirrorSetting}", e);
        }

        var found = await HashAsync(path, cancellation);
        return found == file.Sha256 ? path : throw new WeightsUnavailableException(
            $"{path}: expected SHA-256 {file.Sha256}, found {found} in {new FileInfo(path).Length} bytes",
            "delete the file to download it again");
    }

    private async Task DownloadAsync(ImageNetFile file, Uri source, string path, IProgress<string> progress, CancellationToken cancellation)
    {
        var partial = $"{path}.partial";
        await new ResumableDownload(http, _time).FetchAsync(source, partial, progress, cancellation);
        var found = await HashAsync(partial, cancellation);
        if (found != file.Sha256)
        {
            File.Delete(partial);
            throw new IOException($"expected SHA-256 {file.Sha256}, found {found}");
        }

        File.Move(partial, path, overwrite: true);
    }

    /// <summary>Waits until no other process has the file open. The system closes it when a process dies.</summary>
    private async Task<FileStream> LockAsync(string path, IProgress<string> progress, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (tries == 0)
                {
                    progress.Report($"waiting for another process that downloads {Path.GetFileNameWithoutExtension(path)}");
                }

                await Task.Delay(BetweenTries, _time, cancellation);
            }
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }
}
