using ServerlessFashion.Prediction.Files;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Files;

public class ImageFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_EmptyFile_IsAnError(bool gzip)
    {
        Assert.Equal("file: the file is empty.", await ErrorOfAsync(gzip ? Gzip([]) : []));
    }

    [Fact]
    public async Task Read_UnknownFormat_ShowsItsFirstBytes()
    {
        Assert.Equal(
            "file: the format is none of CSV, IDX, NPY (also in gzip), PNG, JPEG, WebP, GIF, BMP, ZIP; the file begins with the bytes "
            + "2E736E6400000018.",
            await ErrorOfAsync([.. ".snd"u8, 0, 0, 0, 24]));
    }

    [Fact]
    public async Task Read_CsvInGzip_IsRead()
    {
        var read = await ReadAsync(Gzip(System.Text.Encoding.UTF8.GetBytes($"{Header()}\n{Row("4", 6)}\n")));

        Assert.Equal(["4"], read.Ids);
        Assert.Equal([Pixels(6)], read.Pixels);
    }

    /// <summary>RFC 1952: after the packed data come four bytes of checksum and four of length.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(400)]
    public async Task Read_GzipWithoutItsEnd_IsAnError(int missing)
    {
        var packed = Gzip(System.Text.Encoding.UTF8.GetBytes($"{Header()}\n{Row("4", 6)}\n"));

        Assert.Equal("file: the gzip data is cut off.", await ErrorOfAsync(packed[..^missing]));
    }

    [Fact]
    public async Task Read_GzipOfTwoMembers_ReadsBothAndMissesTheEndOfTheSecond()
    {
        byte[] packed = [.. Gzip(System.Text.Encoding.UTF8.GetBytes($"{Header()}\n{Row("4", 6)}\n")),
            .. Gzip(System.Text.Encoding.UTF8.GetBytes($"{Row("5", 7)}\n"))];

        Assert.Equal(["4", "5"], (await ReadAsync(packed)).Ids);
        Assert.Equal("file: the gzip data is cut off.", await ErrorOfAsync(packed[..^8]));
    }

    [Fact]
    public async Task Read_ArchiveInGzip_IsRefused()
    {
        Assert.StartsWith("file: the format is none of", await ErrorOfAsync(Gzip(Gzip(Idx(1)))));
        Assert.StartsWith("file: the format is none of", await ErrorOfAsync(Gzip(Zip(("a.png", Picture("grey28.png"))))));
    }

    [Fact]
    public async Task Read_StreamThatStandsLaterOn_ReadsFromThere()
    {
        var zip = new MemoryStream([9, 9, 9, .. Zip(("a.png", Picture("grey28.png")))]) { Position = 3 };
        var idx = new MemoryStream([9, 9, 9, .. Idx(1)]) { Position = 3 };

        Assert.Equal(["a.png"], (await ReadAsync(zip)).Ids);
        Assert.Equal([Pixels(0)], (await ReadAsync(idx)).Pixels);
    }

    [Fact]
    public async Task Read_AnyFormat_LeavesTheStreamOpen()
    {
        foreach (var bytes in new[] { Idx(1), Gzip(Idx(1)), Zip(("a.png", Picture("grey28.png"))), Picture("grey28.png") })
        {
            using var stream = new MemoryStream(bytes);

            await ReadAsync(stream);

            Assert.True(stream.CanRead);
        }
    }

    [Fact]
    public async Task Read_Cancelled_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in ImageFile.ReadAsync(new MemoryStream(Idx(3)), "file", cancellation: cancelled.Token))
            {
                batch.Dispose();
            }
        });
    }
}
