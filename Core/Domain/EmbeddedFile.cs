using System.Text;

namespace ServerlessFashion;

/// <summary>Files that are part of an assembly.</summary>
public static class EmbeddedFile
{
    /// <param name="owner">A type of the assembly that holds the file.</param>
    /// <exception cref="InvalidOperationException">The assembly was built without the file.</exception>
    public static byte[] Read(Type owner, string name)
    {
        using var stream = owner.Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly {owner.Assembly.GetName().Name} lacks its file {name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <inheritdoc cref="Read"/>
    public static string ReadText(Type owner, string name) => Encoding.UTF8.GetString(Read(owner, name));
}
