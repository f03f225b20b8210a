using System.Text.RegularExpressions;

namespace ServerlessFashion.Cli.Tests.Usage;

/// <summary>The rule of messages: one that is about a file names it once.</summary>
internal static partial class FileNames
{
    /// <summary>Fails if the name of a file stands twice in a message, with its folder or without.</summary>
    public static void AssertNamedOnce(string message)
    {
        var names = Name().Matches(message).Select(match => Path.GetFileName(match.Value.TrimEnd('/', '.')));
        Assert.All(names.GroupBy(name => name), name => Assert.True(name.Count() == 1, $"'{name.Key}' stands twice in: {message}"));
    }

    /// <summary>A name with the extension of a file that the program reads or writes, or a path from the root.</summary>
    [GeneratedRegex(
        @"(?<![\w/.-])(/[\w.+-]+)+"
        + @"|[\w./+-]*[\w+-]\.(bmp|csv|dll|gif|gz|html|idx|jpe?g|json|md|npy|npz|onnx|parquet|png|safetensors|webp|zip)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
