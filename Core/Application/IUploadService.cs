using System.Text.RegularExpressions;
using System.Xml;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Predictions;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Application;

/// <summary>Uploads files to be predicted, to the storage account of this process or to a server.</summary>
public interface IUploadService
{
    /// <summary>Uploads a file, and replaces an earlier one of that name.</summary>
    /// <param name="open">Opens the file at its beginning, once for each attempt.</param>
    /// <returns>The version of the file.</returns>
    Task<string> PutAsync(UploadName name, Func<Stream> open, CancellationToken cancellation);

    /// <summary>What became of one version of a file.</summary>
    Task<UploadOutcome> GetOutcomeAsync(UploadName name, string version, CancellationToken cancellation);

    /// <summary>Writes the predictions of a file as CSV.</summary>
    /// <param name="target">Is written from its beginning, and stays open.</param>
    /// <exception cref="RefusedException">There are none.</exception>
    Task DownloadAsync(UploadName name, Stream target, CancellationToken cancellation);
}

/// <summary>Uploads to the storage account of this process.</summary>
public sealed partial class UploadService(UploadStore store, RegisteredSets sets, ModelRegistry registry) : IUploadService
{
    private const int LongestName = 1000;

    public async Task<string> PutAsync(UploadName name, Func<Stream> open, CancellationToken cancellation)
    {
        await using var content = open();
        return await PutAsync(name, content, cancellation);
    }

    /// <summary>Uploads what is left of a stream.</summary>
    /// <inheritdoc cref="PutAsync(UploadName, Func{Stream}, CancellationToken)"/>
    public async Task<string> PutAsync(UploadName name, Stream content, CancellationToken cancellation)
    {
        RequireName(name.File);
        if (name.Dataset is { } dataset && await registry.Of(dataset).FindChampionAsync(cancellation) is null)
        {
            // The file is predicted once the set has a champion, but a set that does not exist will have none.
            await sets.GetAsync(dataset, cancellation);
        }

        return await store.PutAsync(name.Blob, content, cancellation);
    }

    /// <summary>The newest version of a file.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<string> GetVersionAsync(UploadName name, CancellationToken cancellation)
    {
        RequireName(name.File);
        return await store.FindVersionAsync(name.Blob, cancellation) ?? throw new RefusedException(
            Refusal.NotFound, $"name: no file '{name.Blob}' was uploaded.");
    }

    public Task<UploadOutcome> GetOutcomeAsync(UploadName name, string version, CancellationToken cancellation) =>
        store.GetOutcomeAsync(name.Blob, version, cancellation);

    public async Task DownloadAsync(UploadName name, Stream target, CancellationToken cancellation)
    {
        await using var rows = await OpenRowsAsync(name, cancellation);
        await rows.CopyToAsync(target, cancellation);
    }

    /// <summary>The predictions of a file as CSV.</summary>
    /// <exception cref="RefusedException">There are none.</exception>
    public async Task<Stream> OpenRowsAsync(UploadName name, CancellationToken cancellation)
    {
        RequireName(name.File);
        return await store.FindRowsAsync(name.Blob, cancellation) ?? throw new RefusedException(
            Refusal.NotFound, $"name: there are no predictions for '{name.Blob}'.");
    }

    /// <summary>
    /// Refuses names that storage or a path of the API could not hold. Storage lists names as XML, so one name with a character that XML
    /// does not know would hide all files. A path of the API cannot tell an escaped character from a name that contains its escape.
    /// </summary>
    private static void RequireName(string name)
    {
        if (!IsXml(name) || EscapedCharacter().IsMatch(name))
        {
            throw new InvalidInputException(
                $"name: '{name}' has a character that XML does not allow, or a percent sign before two hexadecimal digits; "
                + "choose another name.");
        }

        if (name is "" or "." or ".." || name.Length > LongestName
            || name.Any(character => character is '/' or '\\' || char.IsControl(character)))
        {
            throw new InvalidInputException(
                $"name: expected the name of a file with 1 to {LongestName} characters, without slashes, found '{name}'.");
        }
    }

    private static bool IsXml(string name)
    {
        try
        {
            XmlConvert.VerifyXmlChars(name);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    [GeneratedRegex("%[0-9A-Fa-f]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex EscapedCharacter();
}
