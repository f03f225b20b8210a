using ServerlessFashion.Registry;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Application;

/// <summary>Returns to the previous champion.</summary>
public sealed class RollBackChampion(ModelRegistry registry)
{
    /// <exception cref="RefusedException">There is no earlier champion.</exception>
    public async Task<Champion> RollBackAsync(CancellationToken cancellation)
    {
        try
        {
            return await registry.RollBackAsync(cancellation);
        }
        catch (InvalidInputException e)
        {
            throw new RefusedException(Refusal.Conflict, e.Message);
        }
    }
}
