using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>
/// The images of a batch in blocks, which threads work on side by side. A sum over the batch adds one partial sum a block in their order,
/// so it does not depend on the number of threads.
/// </summary>
internal static class ImageBlocks
{
    private const int Size = 8;

    public static int Count(int images) => (images + Size - 1) / Size;

    /// <summary>Calls <paramref name="work"/> with the number of each block, its first image and the image behind its last.</summary>
    public static void ForEach(int images, Action<int, int, int> work)
    {
        var threads = get_num_threads();
        if (threads == 1)
        {
            for (var block = 0; block < Count(images); block++)
            {
                Do(block);
            }

            return;
        }

        Parallel.For(0, Count(images), new ParallelOptions { MaxDegreeOfParallelism = threads }, Do);

        void Do(int block) => work(block, block * Size, Math.Min(images, (block + 1) * Size));
    }
}
