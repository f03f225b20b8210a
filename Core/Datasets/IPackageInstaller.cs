namespace ServerlessFashion.Datasets;

/// <summary>Installs a package of the operating system.</summary>
public interface IPackageInstaller
{
    /// <summary>Installs <paramref name="package"/>.</summary>
    /// <returns>Null if it is installed; otherwise the reason, as the end of a sentence.</returns>
    Task<string?> InstallAsync(string package, CancellationToken cancellationToken);
}
