namespace ServerlessFashion.Training.Kernels;

/// <summary>
/// The images of a batch in blocks, which threads work on side by side. A sum over the batch adds one partial sum a block in their order,
/// so it does not depend on the number of threads.
/// </summary>
internal static class ImageBlocks
{
    private const int Size = 8;

    public static int Count(int images) => (images + Size - 1) / Size;

    /// <summary>Calls <paramref name="work"/> with the number of each block, its first image and the image after its last.</summary>
    public static void ForEach(int images, Action<int, int, int> work) =>
        Threads.ForEach(Count(images), block => work(block, block * Size, Math.Min(images, (block + 1) * Size)));
}
