using ServerlessFashion.Data;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Datasets;

/// <summary>Paths of the four files of Fashion-MNIST, packed with gzip or not.</summary>
public sealed record FashionMnistFiles(string TrainImages, string TrainLabels, string TestImages, string TestLabels)
{
    /// <summary>The four file names. Every list and hash of this project uses this order.</summary>
    public static readonly IReadOnlyList<string> Names = [.. OriginalFile.All.Select(file => file.Name)];

    /// <summary>The folder itself, and those below it that torchvision makes.</summary>
    private static readonly string[] Subfolders = ["", "raw", Path.Combine("FashionMNIST", "raw")];

    /// <summary>The four paths, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<string> Paths => [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>The paths of the four files in <paramref name="folder"/>. The files need not exist.</summary>
    public static FashionMnistFiles In(string folder) => new(
        Path.Combine(folder, Names[0]), Path.Combine(folder, Names[1]), Path.Combine(folder, Names[2]), Path.Combine(folder, Names[3]));

    /// <summary>
    /// The four files in a folder of a user, under the names that the publisher, unpacking programs and torchvision give them.
    /// </summary>
    /// <returns>Null if a file is missing. The content of the files is not checked.</returns>
    public static FashionMnistFiles? FindIn(string folder) =>
        Subfolders.Select(subfolder => TryFind(Path.Combine(folder, subfolder))).FirstOrDefault(files => files is not null);

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

    private static FashionMnistFiles? TryFind(string folder)
    {
        var found = Names
            .Select(name => OtherNames(name).Select(other => Path.Combine(folder, other)).FirstOrDefault(File.Exists))
            .ToList();
        return found is [{ } trainImages, { } trainLabels, { } testImages, { } testLabels]
            ? new FashionMnistFiles(trainImages, trainLabels, testImages, testLabels)
            : null;
    }

    /// <summary>A file may be unpacked, and 7-Zip unpacks it under the name inside, with a dot: <c>train-images.idx3-ubyte</c>.</summary>
    private static IEnumerable<string> OtherNames(string name)
    {
        var unpacked = Path.GetFileNameWithoutExtension(name);
        var dotted = unpacked.Replace("-idx", ".idx", StringComparison.Ordinal);
        return [name, unpacked, dotted, dotted + Path.GetExtension(name)];
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
                $"{path}: expected a readable file of Fashion-MNIST, found that it cannot be read ({FileFailure.Reason(e)}).", e);
        }
    }
}
