namespace ServerlessFashion.Datasets;

/// <summary>Installs nothing.</summary>
public sealed class NoPackageInstaller : IPackageInstaller
{
    /// <inheritdoc/>
    public Task<string?> InstallAsync(string package, CancellationToken cancellationToken) =>
        Task.FromResult<string?>("this process installs no packages");
}
