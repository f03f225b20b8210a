using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Phrases;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Datasets;

/// <summary>
/// Finds or downloads the four files of Fashion-MNIST. The order is: the folder that the user named, Debian's system folder, the
/// cache, a download into the cache, and Debian's package if the process may install it.
/// </summary>
/// <param name="installer">Installs Debian's package.</param>
/// <param name="time">Measures how long a mirror stays silent; null for the system's clock.</param>
public sealed class DatasetLocator(
    DatasetLocations locations, HttpClient http, IPackageInstaller installer, TimeProvider? time = null,
    ILogger<DatasetLocator>? log = null)
{
    private const string DebianPackage = "dataset-fashion-mnist";

    private readonly ILogger _log = log ?? NullLogger<DatasetLocator>.Instance;

    /// <summary>Checks the folder that the user named, if there is one, so that an error appears before the work.</summary>
    /// <exception cref="InvalidInputException">It lacks a file.</exception>
    public void CheckNamed()
    {
        if (locations.Data is { } named && FashionMnistFiles.FindIn(named) is null)
        {
            throw NotIn(named);
        }
    }

    /// <summary>The four files. Downloaded ones have been checked; the others are checked when they are loaded.</summary>
    /// <exception cref="InvalidInputException">
    /// The folder that the user named lacks a file, or no source provided the files. The message names the remedy.
    /// </exception>
    public async Task<FashionMnistFiles> LocateAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (locations.Data is { } named)
        {
            return FashionMnistFiles.FindIn(named) ?? throw NotIn(named);
        }

        foreach (var folder in new[] { locations.SystemFolder, locations.CacheFolder })
        {
            if (FashionMnistFiles.AreIn(folder))
            {
                return FashionMnistFiles.In(folder);
            }
        }

        var downloadFailure = await DownloadAsync(progress, cancellationToken);
        if (downloadFailure is null)
        {
            return FashionMnistFiles.In(locations.CacheFolder);
        }

        progress?.Report($"Trying to install Debian's package {DebianPackage}.");
        var installFailure = await installer.InstallAsync(DebianPackage, cancellationToken);
        _log.PackageInstalled(DebianPackage, installFailure ?? "installed");
        if (installFailure is null && FashionMnistFiles.AreIn(locations.SystemFolder))
        {
            return FashionMnistFiles.In(locations.SystemFolder);
        }

        throw new InvalidInputException(
            $"Fashion-MNIST: expected its four files in {locations.SystemFolder} or {locations.CacheFolder}, found them neither there "
            + $"nor by download ({downloadFailure}) nor as Debian package ({installFailure ?? "it brought no such files"}); "
            + $"put {string.Join(", ", FashionMnistFiles.Names)} into a folder and name it with --data, or install {DebianPackage}.");
    }

    private async Task<string?> DownloadAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(locations.CacheFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileFailure.Reason(e);
        }

        return await new DatasetDownload(http, time ?? TimeProvider.System, _log)
            .FetchAsync(locations.CacheFolder, locations.Mirrors, progress, cancellationToken);
    }

    private static InvalidInputException NotIn(string folder)
    {
        var missing = FashionMnistFiles.Names.Where(name => !File.Exists(Path.Combine(folder, name)));
        return new(Directory.Exists(folder)
            ? $"{folder}: expected the four files of Fashion-MNIST, found it without {string.Join(", ", missing)}; "
                + "the files may also be unpacked, or lie in FashionMNIST/raw."
            : $"{folder}: expected a folder with the four files of Fashion-MNIST, found no such folder.");
    }
}
