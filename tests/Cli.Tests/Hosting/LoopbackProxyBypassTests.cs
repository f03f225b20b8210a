using ServerlessFashion.Hosting;

namespace ServerlessFashion.Cli.Tests.Hosting;

public sealed class LoopbackProxyBypassTests
{
    [Theory]
    [InlineData(null, "127.0.0.1,localhost,::1")]
    [InlineData("", "127.0.0.1,localhost,::1")]
    [InlineData("intranet.example, .local", "intranet.example,.local,127.0.0.1,localhost,::1")]
    [InlineData("LOCALHOST,127.0.0.1", "LOCALHOST,127.0.0.1,::1")]
    public void WithLoopback_ListOfHosts_KeepsThemAndAddsThisMachine(string? before, string after) =>
        Assert.Equal(after, LoopbackProxyBypass.WithLoopback(before));
}
