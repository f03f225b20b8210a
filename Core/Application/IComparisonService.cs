using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>
/// What a user can ask about runs and do with them, in the storage of this process or at a server. An id that names no run leads to a
/// <see cref="RefusedException"/>.
/// </summary>
public interface IComparisonService
{
    /// <inheritdoc cref="ComparisonQueries.ListAsync(RunFilter, RunOrder, int, string?, CancellationToken)"/>
    Task<Page<RunRecord>> ListAsync(
        RunFilter filter, RunOrder order, int top, string? continuation, CancellationToken cancellation);

    /// <summary>The effective configuration of a run.</summary>
    Task<RunConfiguration> GetConfigurationAsync(string id, CancellationToken cancellation);

    /// <summary>The progress of a run and of each of its trainings.</summary>
    Task<ComparisonStatus> GetStatusAsync(string id, CancellationToken cancellation);

    /// <inheritdoc cref="EditComparison.EditAsync"/>
    Task<RunRecord> EditAsync(string id, Func<RunDescription, RunDescription> change, CancellationToken cancellation);

    /// <inheritdoc cref="CancelComparison.CancelAsync"/>
    Task<CancelResult> CancelAsync(string id, CancellationToken cancellation);

    /// <inheritdoc cref="PlanDeletion.OfRunsAsync"/>
    Task<DeletionPlan> PlanDeletionAsync(IEnumerable<string> texts, CancellationToken cancellation);

    /// <inheritdoc cref="PlanDeletion.OfRuleAsync"/>
    Task<DeletionPlan> PlanDeletionAsync(CleanRule rule, CancellationToken cancellation);

    /// <inheritdoc cref="DeleteComparison.DeleteAsync"/>
    Task DeleteAsync(string id, CancellationToken cancellation);
}

/// <summary>Runs in the storage of this process.</summary>
internal sealed class ComparisonService(
    ComparisonQueries queries, EditComparison edit, CancelComparison cancel, PlanDeletion plan, DeleteComparison delete)
    : IComparisonService
{
    public Task<Page<RunRecord>> ListAsync(
        RunFilter filter, RunOrder order, int top, string? continuation, CancellationToken cancellation) =>
        queries.ListAsync(filter, order, top, continuation, cancellation);

    public async Task<RunConfiguration> GetConfigurationAsync(string id, CancellationToken cancellation) =>
        (await queries.GetDefinitionAsync(id, cancellation)).Configuration;

    public Task<RunRecord> EditAsync(string id, Func<RunDescription, RunDescription> change, CancellationToken cancellation) =>
        edit.EditAsync(id, change, cancellation);

    public Task<DeletionPlan> PlanDeletionAsync(IEnumerable<string> texts, CancellationToken cancellation) =>
        plan.OfRunsAsync(texts, cancellation);

    public Task<DeletionPlan> PlanDeletionAsync(CleanRule rule, CancellationToken cancellation) =>
        plan.OfRuleAsync(rule, cancellation);

    public Task<ComparisonStatus> GetStatusAsync(string id, CancellationToken cancellation) => queries.GetStatusAsync(id, cancellation);

    public Task<CancelResult> CancelAsync(string id, CancellationToken cancellation) => cancel.CancelAsync(id, cancellation);

    public Task DeleteAsync(string id, CancellationToken cancellation) => delete.DeleteAsync(id, cancellation);
}
