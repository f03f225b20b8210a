using System.IO.Compression;
using System.Net.Http;
using ServerlessFashion.Application;

namespace ServerlessFashion.Client;

/// <summary>
/// A model package that a server sends as a ZIP. It waits in a temporary file, because it may have hundreds of megabytes.
/// </summary>
internal static class RemotePackage
{
    public const string MediaType = "application/zip";

    /// <exception cref="InvalidDataException">It is no model package.</exception>
    public static async Task<ModelPackage> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var file = TemporaryFile.Create();
        try
        {
            await response.Content.CopyToAsync(file, cancellation);
            file.Position = 0;
            var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: false, null, cancellation);
            var card = await ReadCardAsync(zip, cancellation);
            var files = zip.Entries.Select(entry => new ModelFile(entry.FullName, entry.OpenAsync));
            return new ModelPackage([.. files], card, zip);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="InvalidDataException">There is no model card.</exception>
    private static async Task<string> ReadCardAsync(ZipArchive zip, CancellationToken cancellation)
    {
        var entry = zip.GetEntry(ModelPackage.CardName) ?? throw new InvalidDataException($"There is no {ModelPackage.CardName}.");
        await using var content = await entry.OpenAsync(cancellation);
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync(cancellation);
    }
}
