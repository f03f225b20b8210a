using System.Security.Cryptography;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Application;

/// <summary>All user actions on comparisons and the champion, shared by the command line, HTTP and Functions.</summary>
public sealed class FashionApplication
{
    public FashionApplication(
        FashionStorage storage, IComparisonHost host, TrainingMachine machine, TimeProvider time, RandomNumberGenerator random)
    {
        var runs = new RunStore(storage);
        var registry = new ModelRegistry(storage, time);
        Machine = machine;
        Start = new StartComparison(storage, host, time, random);
        Resume = new ResumeComparison(storage, host, time);
        Cancel = new CancelComparison(runs, host, time);
        Delete = new DeleteComparison(storage, registry, host);
        Comparisons = new ComparisonQueries(storage, time);
        Promote = new PromoteModel(registry);
        RollBack = new RollBackChampion(registry);
    }

    public TrainingMachine Machine { get; }

    public StartComparison Start { get; }

    public ResumeComparison Resume { get; }

    public CancelComparison Cancel { get; }

    public DeleteComparison Delete { get; }

    public ComparisonQueries Comparisons { get; }

    public PromoteModel Promote { get; }

    public RollBackChampion RollBack { get; }
}
