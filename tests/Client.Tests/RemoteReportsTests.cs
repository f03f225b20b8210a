using System.IO.Compression;
using System.Net;
using System.Text;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Client.Tests;

public sealed class RemoteReportsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_Zip_GivesItsFiles()
    {
        using var folder = new TemporaryFolder();
        using var server = await ServeAsync(("index.html", "page"), ("plots/loss.svg", "plot"));

        var reports = await new RemoteReports(server.Connect()).ReadAsync(["a", "b"], Cancellation);
        var files = await reports.WriteAsync(folder.File("out"), Cancellation);

        Assert.Equal(2, files);
        Assert.Equal("plot", await File.ReadAllTextAsync(folder.File("out/plots/loss.svg"), Cancellation));
        Assert.Equal("GET /api/reports?runs=a,b", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task Write_SecondReportHasFewerFiles_LeavesNoneOfTheFirst()
    {
        using var folder = new TemporaryFolder();
        using var first = await ServeAsync(("index.html", "page"), ("plots/loss-model4.svg", "plot"));
        using var second = await ServeAsync(("index.html", "new"));
        await (await new RemoteReports(first.Connect()).ReadAsync(["a"], Cancellation)).WriteAsync(folder.File("out"), Cancellation);

        await (await new RemoteReports(second.Connect()).ReadAsync(["b"], Cancellation)).WriteAsync(folder.File("out"), Cancellation);

        Assert.False(Path.Exists(folder.File("out/plots")));
        Assert.Equal("new", await File.ReadAllTextAsync(folder.File("out/index.html"), Cancellation));
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("plots/../../outside.txt")]
    [InlineData("/tmp/outside.txt")]
    public async Task Write_EntryThatLeadsOutOfTheFolder_IsRefused(string entry)
    {
        using var folder = new TemporaryFolder();
        using var server = await ServeAsync((entry, "evil"));
        var reports = await new RemoteReports(server.Connect()).ReadAsync(["a"], Cancellation);

        var failure = await Assert.ThrowsAsync<InvalidInputException>(() => reports.WriteAsync(folder.File("out"), Cancellation));

        Assert.Equal($"report: the path '{entry}' leads out of the folder.", failure.Message);
        Assert.False(File.Exists(folder.File("outside.txt")));
    }

    private static async Task<FakeServer> ServeAsync(params (string Name, string Text)[] entries)
    {
        var packed = new MemoryStream();
        await using (var zip = await ZipArchive.CreateAsync(packed, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, Cancellation))
        {
            foreach (var (name, text) in entries)
            {
                await using var content = await zip.CreateEntry(name).OpenAsync(Cancellation);
                await content.WriteAsync(Encoding.UTF8.GetBytes(text), Cancellation);
            }
        }

        return new FakeServer().Answer(HttpStatusCode.OK, "application/zip", packed.ToArray());
    }
}
