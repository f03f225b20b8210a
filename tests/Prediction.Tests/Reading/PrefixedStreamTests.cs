using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tests.Reading;

public class PrefixedStreamTests
{
    [Fact]
    public async Task Read_PrefixAndRest_IsTheWholeStreamAgain()
    {
        Assert.Equal([1, 2, 3, 4, 5], ReadAll(Begun(read: 2)));

        var bytes = new byte[5];
        await Begun(read: 2).ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3, 4, 5], bytes);
    }

    [Fact]
    public void Read_SmallerBufferThanThePrefix_GivesThePrefixInPieces()
    {
        var stream = Begun(read: 3);

        Assert.Equal([1, 2, 3, 4, 5], Enumerable.Range(0, 5).Select(_ => (byte)stream.ReadByte()));
        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public void Rewound_StreamThatCanSeek_IsAtItsStart()
    {
        var inner = new MemoryStream([1, 2, 3, 4, 5]) { Position = 2 };

        Assert.Same(inner, new PrefixedStream(new byte[] { 1, 2 }, inner).Rewound());
        Assert.Equal(0, inner.Position);
    }

    /// <summary>The prefix of an unpacked stream says nothing about the start of another one.</summary>
    [Fact]
    public void Rewound_PrefixThatDidNotBeginThereOrNoSeeking_IsNull()
    {
        Assert.Null(new PrefixedStream(new byte[] { 1, 2 }, new MemoryStream([1, 2, 3]) { Position = 3 }).Rewound());
        Assert.Null(new PrefixedStream(new byte[] { 1, 2 }, new DripStream([1, 2, 3]) { Position = 2 }).Rewound());
    }

    private static PrefixedStream Begun(int read)
    {
        byte[] content = [1, 2, 3, 4, 5];
        return new PrefixedStream(content.AsMemory(0, read), new MemoryStream(content) { Position = read });
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }
}
