using System.Text;

namespace ServerlessFashion;

/// <summary>Files that are part of this assembly.</summary>
internal static class EmbeddedFile
{
    /// <exception cref="InvalidOperationException">The assembly was built without it.</exception>
    public static byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its file {name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    public static string ReadText(string name) => Encoding.UTF8.GetString(Read(name));
}
