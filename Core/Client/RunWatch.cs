using System.Runtime.CompilerServices;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Documents;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Client;

/// <summary>Watches runs at a server. It asks for what is new only, and less often the longer a run takes.</summary>
public sealed class RunWatch
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>The time that a watcher waits for a server that does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>A pause takes this part of the time since the watch began.</summary>
    private const int PauseShare = 60;

    private readonly RemoteComparisons _comparisons;
    private readonly TimeProvider _time;

    internal RunWatch(RemoteComparisons comparisons, TimeProvider time)
    {
        _comparisons = comparisons;
        _time = time;
    }

    /// <summary>The states of a run, the last one after its end. A cut connection is opened again.</summary>
    /// <param name="interrupted">Receives the reason each time that the server stops answering.</param>
    /// <exception cref="ServerException">The server did not answer for 15 minutes, or it does not know the run any more.</exception>
    public async IAsyncEnumerable<ComparisonStatus> WatchAsync(
        string id, Action<string> interrupted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = new Dictionary<(string Name, int Seed), List<EpochRow>>();
        var began = _time.GetTimestamp();
        var answered = began;
        var isCut = false;
        while (true)
        {
            ComparisonStatus? status = null;
            try
            {
                status = await ReadAsync(id, rows, cancellation);
                answered = _time.GetTimestamp();
                isCut = false;
            }
            catch (ServerException e) when (e.IsTransient && _time.GetElapsedTime(answered) < Patience)
            {
                if (!isCut)
                {
                    interrupted(e.Message);
                }

                isCut = true;
            }

            if (status is not null)
            {
                yield return status;
            }

            if (status is { Run.IsFinished: true })
            {
                yield break;
            }

            await Task.Delay(PauseAfter(_time.GetElapsedTime(began)), _time, cancellation);
        }
    }

    /// <summary>The pause between two requests after a watch of that length.</summary>
    internal static TimeSpan PauseAfter(TimeSpan watched) =>
        TimeSpan.FromTicks(Math.Clamp(watched.Ticks / PauseShare, ShortestPause.Ticks, LongestPause.Ticks));

    private async Task<ComparisonStatus> ReadAsync(
        string id, Dictionary<(string Name, int Seed), List<EpochRow>> rows, CancellationToken cancellation)
    {
        var run = await _comparisons.GetAsync(id, cancellation);
        foreach (var training in run.Models)
        {
            await CompleteAsync(run.Id, training, RowsOf(rows, training), cancellation);
        }

        return run.ToStatus(training => [.. RowsOf(rows, training)]);
    }

    private async Task CompleteAsync(string id, TrainingDocument training, List<EpochRow> rows, CancellationToken cancellation)
    {
        if (training.Epoch == rows.Count + 1 && training.Last is { } last && last.Epoch == training.Epoch)
        {
            rows.Add(last);
        }
        else if (training.Epoch > rows.Count)
        {
            rows.AddRange(await _comparisons.ListEpochsAsync(id, training.Name, training.Seed, rows.Count, cancellation));
        }
    }

    private static List<EpochRow> RowsOf(Dictionary<(string Name, int Seed), List<EpochRow>> rows, TrainingDocument training)
    {
        var key = (training.Name, training.Seed);
        return rows.TryGetValue(key, out var known) ? known : rows[key] = [];
    }
}
