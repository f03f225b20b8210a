using ServerlessFashion.Cli.Local.Emulator;

namespace ServerlessFashion.Cli.Tests.Local.Emulator;

public sealed class StandardEmulatorTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", true)]
    [InlineData("usedevelopmentstorage=TRUE;", true)]
    [InlineData("UseDevelopmentStorage=false", false)]
    [InlineData("AccountName=a;AccountKey=b", false)]
    [InlineData(null, false)]
    public void Is_ConnectionString_OnlyThatOfTheStandardPorts(string? text, bool expected) =>
        Assert.Equal(expected, StandardEmulator.Is(text));
}
