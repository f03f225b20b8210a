using ServerlessFashion.Data;

namespace ServerlessFashion.Datasets;

/// <summary>Paths of the four compressed files of Fashion-MNIST.</summary>
public sealed record FashionMnistFiles(string TrainImages, string TrainLabels, string TestImages, string TestLabels)
{
    /// <summary>The four file names. Every list and hash of this project uses this order.</summary>
    public static readonly IReadOnlyList<string> Names = [.. OriginalFile.All.Select(file => file.Name)];

    /// <summary>The four paths, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<string> Paths => [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>The paths of the four files in <paramref name="folder"/>. The files need not exist.</summary>
    public static FashionMnistFiles In(string folder) => new(
        Path.Combine(folder, Names[0]), Path.Combine(folder, Names[1]), Path.Combine(folder, Names[2]), Path.Combine(folder, Names[3]));

    /// <summary>True if all four files exist in <paramref name="folder"/>. Their content is not checked.</summary>
    public static bool AreIn(string folder) => In(folder).Paths.All(File.Exists);

    /// <summary>Reads the four files and checks every byte against the published content.</summary>
    /// <exception cref="InvalidInputException">
    /// A file is missing or differs from the published one. The message names the file, the expected and the found content.
    /// </exception>
    public FashionMnist Load()
    {
        var opened = new List<(string Name, Stream Content)>();
        try
        {
            foreach (var path in Paths)
            {
                opened.Add((path, Open(path)));
            }

            return FashionMnist.Load(opened);
        }
        finally
        {
            opened.ForEach(file => file.Content.Dispose());
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidInputException($"{path}: expected a file of Fashion-MNIST, found none.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                $"{path}: expected a readable file of Fashion-MNIST, found that it cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
