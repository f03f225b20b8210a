using Microsoft.Extensions.DependencyInjection;

namespace ServerlessFashion.Import;

/// <summary>Registers the import of data sets.</summary>
public static class ImportServices
{
    /// <summary>Needs the storage, the store of registered sets and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddImport(this IServiceCollection services) => services.AddSingleton<DatasetImporter>();
}
