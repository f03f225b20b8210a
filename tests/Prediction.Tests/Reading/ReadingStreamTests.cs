using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tests.Reading;

public class ReadingStreamTests
{
    /// <summary>Libraries call the older overloads with an offset; they must end in the same reading.</summary>
    [Fact]
    public async Task Read_ArrayWithOffset_FillsThatPart()
    {
        using var stream = new PrefixedStream(new byte[] { 1, 2 }, new MemoryStream([3]));
        var bytes = new byte[4];

        Assert.Equal(1, stream.Read(bytes, 1, 1));
#pragma warning disable CA1835 // The overload with an array is the subject of the test.
        Assert.Equal(1, await stream.ReadAsync(bytes, 2, 1, TestContext.Current.CancellationToken));
#pragma warning restore CA1835
        Assert.Equal([0, 1, 2, 0], bytes);
    }

    [Fact]
    public void Write_ReadOnlyStream_IsNotSupported()
    {
        using var stream = new PrefixedStream(new byte[] { 1 }, new MemoryStream());

        Assert.False(stream.CanWrite);
        Assert.Throws<NotSupportedException>(() => stream.Write([1], 0, 1));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
    }
}
