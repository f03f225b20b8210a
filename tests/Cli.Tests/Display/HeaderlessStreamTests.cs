using System.Text;
using ServerlessFashion.Cli.Display;

namespace ServerlessFashion.Cli.Tests.Display;

public sealed class HeaderlessStreamTests
{
    [Theory]
    [InlineData("Id,La", "bel\n1,2\n", "3,4\n")]
    [InlineData("Id,Label\n", "1,2\n", "3,4\n")]
    [InlineData("Id,Label\n1,2\n3,4\n", "", "")]
    public async Task Write_HeaderInAnyPieces_LeavesItOutOnly(string first, string second, string third)
    {
        var inner = new MemoryStream();
        await using var stream = new HeaderlessStream(inner);

        foreach (var text in new[] { first, second, third })
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        }

        Assert.Equal("1,2\n3,4\n", Encoding.UTF8.GetString(inner.ToArray()));
    }
}
