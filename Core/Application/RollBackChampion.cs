using ServerlessFashion.Datasets;
using ServerlessFashion.Registry;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Application;

/// <summary>Returns to the previous champion.</summary>
public sealed class RollBackChampion(ModelRegistry registry, RegisteredSets sets)
{
    /// <param name="dataset">Name of the data set; null for Fashion-MNIST.</param>
    /// <exception cref="InvalidInputException">No such data set is registered.</exception>
    /// <exception cref="RefusedException">There is no earlier champion.</exception>
    public async Task<Champion> RollBackAsync(string? dataset, CancellationToken cancellation)
    {
        try
        {
            return await registry.Of(dataset).RollBackAsync(cancellation);
        }
        catch (InvalidInputException e)
        {
            await sets.RequireAsync(dataset, cancellation);
            throw new RefusedException(Refusal.Conflict, e.Message);
        }
    }
}
