namespace ServerlessFashion.Infra.Tests.Compiler;

/// <summary>A temporary copy of <c>infra/</c>: the compiler writes its output beside its input.</summary>
internal sealed class InfraCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("infra-");

    public InfraCopy()
    {
        var source = Repository.PathOf("infra");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = PathOf(Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public string PathOf(string relativePath) => Path.Combine(_folder.FullName, relativePath);

    public void Dispose() => _folder.Delete(recursive: true);
}
