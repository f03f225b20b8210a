using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tests.Reading;

public sealed class BudgetStreamTests : IDisposable
{
    private readonly BudgetStream _stream =
        new(new MemoryStream([1, 2, 3, 4, 5, 6]), new ReadContext("file", ReadOptions.Default, _ => { }));

    public void Dispose() => _stream.Dispose();

    [Fact]
    public async Task Read_WithinTheBudget_GivesTheBytes()
    {
        _stream.Allow(6, "too much");
        var bytes = new byte[6];

        Assert.Equal(4, _stream.Read(bytes, 0, 4));
        Assert.Equal(2, await _stream.ReadAsync(bytes.AsMemory(4), TestContext.Current.CancellationToken));
        Assert.Equal([1, 2, 3, 4, 5, 6], bytes);
        Assert.Equal(0, _stream.Read(bytes));
    }

    [Fact]
    public async Task Read_BeyondTheBudget_ThrowsItsMessageInBothWays()
    {
        _stream.Allow(3, "the directory has more than 3 bytes");
        _stream.ReadExactly(new byte[3]);

        Assert.Equal(
            "file: the directory has more than 3 bytes.",
            Assert.Throws<InvalidInputException>(() => _stream.Read(new byte[1])).Message);
        await Assert.ThrowsAsync<InvalidInputException>(
            async () => await _stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Allow_Again_StartsANewBudget()
    {
        _stream.Allow(3, "first");
        _stream.ReadExactly(new byte[3]);
        _stream.Allow(3, "second");

        _stream.ReadExactly(new byte[3]);

        Assert.Equal(6, _stream.Position);
    }

    [Theory]
    [InlineData(SeekOrigin.Begin, -1)]
    [InlineData(SeekOrigin.Begin, 7)]
    [InlineData(SeekOrigin.Current, -3)]
    [InlineData(SeekOrigin.Current, 5)]
    [InlineData(SeekOrigin.End, 1)]
    [InlineData(SeekOrigin.End, -7)]
    [InlineData(SeekOrigin.Current, long.MaxValue)]
    public void Seek_OutsideTheStream_IsOneErrorWhateverTheStream(SeekOrigin origin, long offset)
    {
        _stream.Position = 2;

        Assert.Throws<InvalidDataException>(() => _stream.Seek(offset, origin));
    }

    [Theory]
    [InlineData(SeekOrigin.Begin, 6, 6)]
    [InlineData(SeekOrigin.Current, -2, 0)]
    [InlineData(SeekOrigin.End, -6, 0)]
    public void Seek_InsideTheStream_MovesThere(SeekOrigin origin, long offset, long expected)
    {
        _stream.Position = 2;

        Assert.Equal(expected, _stream.Seek(offset, origin));
        Assert.Equal(expected, _stream.Position);
    }
}
