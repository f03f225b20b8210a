using ServerlessFashion.Data;

namespace ServerlessFashion.Datasets;

/// <summary>Paths of the four compressed files of Fashion-MNIST.</summary>
public sealed record FashionMnistFiles(string TrainImages, string TrainLabels, string TestImages, string TestLabels)
{
    /// <summary>The four file names, in the order in which every list and hash of this project takes them.</summary>
    public static readonly IReadOnlyList<string> Names = [.. OriginalFile.All.Select(file => file.Name)];

    /// <summary>The four paths, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<string> Paths => [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>The four files as they are called in <paramref name="folder"/>, whether they exist or not.</summary>
    public static FashionMnistFiles In(string folder) => new(
        Path.Combine(folder, Names[0]), Path.Combine(folder, Names[1]), Path.Combine(folder, Names[2]), Path.Combine(folder, Names[3]));

    /// <summary>Whether all four files exist in <paramref name="folder"/>; what they hold is not looked at.</summary>
    public static bool AreIn(string folder) => In(folder).Paths.All(File.Exists);

    /// <summary>Reads the four files and checks every byte of them against the published content.</summary>
    /// <exception cref="InvalidInputException">A file is missing or is not the published one; names it, expected and found.</exception>
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
