using ServerlessFashion.Data;

namespace ServerlessFashion.Application;

/// <summary>What a user can ask about data sets, in the storage of this process or at a server.</summary>
public interface IDatasetService
{
    /// <summary>Registers the labelled images in a folder or file of this machine.</summary>
    /// <param name="progress">Receives how far the import is; null for nobody.</param>
    /// <exception cref="InvalidInputException">The request or the source cannot be used. The message says why.</exception>
    /// <exception cref="RefusedException">
    /// A set of that name is registered and may not be replaced, or a run that has not ended uses it.
    /// </exception>
    Task<DatasetDescription> AddAsync(
        ImportRequest request, string path, IProgress<ImportProgress>? progress, CancellationToken cancellation);

    /// <summary>The built-in set, and then all registered ones by name.</summary>
    Task<IReadOnlyList<DatasetDescription>> ListAsync(CancellationToken cancellation);

    /// <summary>The set of that name.</summary>
    /// <exception cref="RefusedException">None is registered.</exception>
    Task<DatasetDescription> GetAsync(string name, CancellationToken cancellation);

    /// <summary>Deletes a registered set, and what an interrupted import of that name has left.</summary>
    /// <exception cref="InvalidInputException">The set is built in, or is being registered.</exception>
    /// <param name="force">Deletes it although a run that has not ended uses it; that run then fails.</param>
    /// <exception cref="RefusedException">None is registered, or a run that has not ended uses it.</exception>
    Task RemoveAsync(string name, bool force, CancellationToken cancellation);
}
