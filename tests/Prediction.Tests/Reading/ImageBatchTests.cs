using ServerlessFashion.Data;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tests.Reading;

public class ImageBatchTests
{
    [Fact]
    public void Add_Images_GivesTheirPixelsInOrderUntilItIsFull()
    {
        using var batch = new ImageBatch(2, ImageShape.FashionMnist);
        batch.Next.Span.Fill(1);
        batch.Add("a");
        Assert.False(batch.IsFull);
        batch.Next.Span.Fill(2);
        batch.Add("b");

        Assert.True(batch.IsFull);
        Assert.Equal(["a", "b"], batch.Ids);
        Assert.Equal([.. Enumerable.Repeat((byte)1, 784), .. Enumerable.Repeat((byte)2, 784)], batch.Pixels.ToArray());
    }

    /// <summary>An array that goes back to its pool twice would be given to two users.</summary>
    [Fact]
    public void Dispose_Twice_LeavesTheBatchEmpty()
    {
        var batch = new ImageBatch(2, ImageShape.FashionMnist);
        batch.Add("a");

        batch.Dispose();
        batch.Dispose();

        Assert.Equal((0, 0), (batch.Count, batch.Pixels.Length));
    }
}
