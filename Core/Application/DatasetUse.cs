using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>Tells which runs need a data set.</summary>
public sealed class DatasetUse(RunStore runs, RunDefinitions definitions)
{
    /// <param name="remedy">The end of the message.</param>
    /// <exception cref="RefusedException">A run that has not ended uses the set.</exception>
    public async Task CheckUnusedAsync(string name, string remedy, CancellationToken cancellation)
    {
        foreach (var run in await runs.ListUnfinishedAsync(cancellation))
        {
            if ((await definitions.GetAsync(run.Id, cancellation)).Configuration.Dataset == name)
            {
                throw new RefusedException(
                    Refusal.Conflict,
                    $"name: run {run.Id} uses the data set '{name}' and is {run.Status.Describe()}{remedy}");
            }
        }
    }
}
