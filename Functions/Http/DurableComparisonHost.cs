using Microsoft.DurableTask.Client;
using ServerlessFashion.Api;
using ServerlessFashion.Functions.Durable;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Functions.Http;

/// <summary>Carries runs out as durable orchestrations. One for each invocation, since the client comes with the invocation.</summary>
public sealed class DurableComparisonHost : IComparisonHost
{
    /// <summary>Set by a function that starts runs.</summary>
    public DurableTaskClient? Client { get; set; }

    public Task StartAsync(RunRecord run, CancellationToken cancellation) =>
        Client is { } client
            ? client.StartOnceAsync(ComparisonWorkflow.Comparison.Name, new ComparisonRequest(run.Id, run.Configuration), run.Id, cancellation)
            : throw new InvalidOperationException("This function has no durable client.");
}
