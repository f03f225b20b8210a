using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Api;

/// <summary>Where runs are carried out: a queue in <c>fashion serve</c>, a durable orchestration in Azure Functions.</summary>
public interface IComparisonHost
{
    /// <summary>Sees to it that a stored run is carried out. A run that is already under way is left alone.</summary>
    Task StartAsync(RunRecord run, CancellationToken cancellation);
}
