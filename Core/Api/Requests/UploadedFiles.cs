using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ServerlessFashion.Api.Requests;

/// <summary>A file of a request.</summary>
/// <param name="Name">Names it in errors: the name that the client gave it, or <c>body</c>.</param>
/// <param name="MediaType">Its type as the client says; null if the client does not say.</param>
internal sealed record UploadedFile(string Name, string? MediaType, ReadOnlyMemory<byte> Content);

/// <summary>Reads the files of a form (RFC 7578).</summary>
internal static class UploadedFiles
{
    public const string FormType = "multipart/form-data";

    /// <summary>Most characters of the line that separates the files (RFC 2046, section 5.1.1).</summary>
    private const int LongestBoundary = 70;

    /// <param name="contentType">The form's type with its boundary.</param>
    /// <exception cref="ProblemException">400: the form is malformed, has a field that is no file, or has no file.</exception>
    public static async Task<IReadOnlyList<UploadedFile>> ReadAsync(
        string contentType, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(contentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture,
                $"Content-Type: expected a boundary of 1 to {LongestBoundary} characters with {FormType}."));
        }

        var files = new List<UploadedFile>();
        using var content = new MemoryStream(body.ToArray(), writable: false);
        var reader = new MultipartReader(boundary, content);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                files.Add(await ReadAsync(section, cancellation));
            }
        }
        catch (IOException e)
        {
            throw NotUsable("it ends without its closing boundary", e);
        }
        catch (InvalidDataException e)
        {
            throw NotUsable("the headers of a part are malformed or too long", e);
        }

        return files.Count > 0
            ? files
            : throw new ProblemException(StatusCodes.Status400BadRequest, "body: expected at least one file in the form, found none.");
    }

    private static ProblemException NotUsable(string reason, Exception cause) =>
        new(StatusCodes.Status400BadRequest, $"body: not usable as {FormType}: {reason}.", cause);

    private static async Task<UploadedFile> ReadAsync(MultipartSection section, CancellationToken cancellation)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.IsFileDisposition())
        {
            var name = disposition is null ? "a part without a name" : $"the field '{HeaderUtilities.RemoveQuotes(disposition.Name)}'";
            throw new ProblemException(
                StatusCodes.Status400BadRequest, $"body: expected only files in the form, found {name}; options belong in the query.");
        }

        using var content = new MemoryStream();
        await section.Body.CopyToAsync(content, cancellation);
        var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        var type = MediaTypeHeaderValue.TryParse(section.ContentType, out var known) ? known.MediaType.Value : null;
        return new UploadedFile(fileName.HasValue && fileName.Length > 0 ? fileName.Value! : "file", type, content.ToArray());
    }
}
