using System.Net.Http;
using System.Net.Http.Headers;

namespace ServerlessFashion.Client.Requests;

/// <summary>Bodies of files of any format.</summary>
internal static class FileContent
{
    /// <summary>The rest of <paramref name="file"/>, which the body owns.</summary>
    public static StreamContent Of(Stream file)
    {
        var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return content;
    }
}
