using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Application;

/// <summary>Changes the name, the tags and the notes of a run, in any state of the run.</summary>
public sealed class EditComparison(RunStore runs, RunReferences references)
{
    /// <summary>
    /// Changes a run. A change by somebody else at the same time is not lost: <paramref name="change"/> is applied to its result.
    /// </summary>
    /// <param name="run">A text that names a run, see <see cref="RunReferences"/>.</param>
    /// <returns>The run after the change.</returns>
    /// <exception cref="RefusedException">No run, or more than one, is meant.</exception>
    /// <exception cref="InvalidInputException">The change gives a text that cannot be used; nothing changes then.</exception>
    public async Task<RunRecord> EditAsync(
        string run, Func<RunDescription, RunDescription> change, CancellationToken cancellation)
    {
        var found = await references.GetAsync(run, cancellation);
        var asked = change(found.Description);
        if (asked.Name != found.Description.Name)
        {
            await references.RequireNameAsync(asked.Name, found.Id, cancellation);
        }

        return await runs.UpdateAsync(
            found.Id, stored => stored with { Description = change(stored.Description) }, cancellation);
    }
}
