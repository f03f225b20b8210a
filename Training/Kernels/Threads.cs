using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>Work on as many threads as libtorch uses.</summary>
internal static class Threads
{
    /// <summary>Calls <paramref name="work"/> with each number from 0 on, in any order.</summary>
    public static void ForEach(int count, Action<int> work)
    {
        var threads = get_num_threads();
        if (threads > 1)
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            work(i);
        }
    }
}
