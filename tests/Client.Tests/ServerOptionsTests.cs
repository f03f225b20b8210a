using ServerlessFashion.Settings;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Client.Tests;

public sealed class ServerOptionsTests
{
    [Theory]
    [InlineData("https://fashion.test", "https://fashion.test/api")]
    [InlineData("https://fashion.test/", "https://fashion.test/api")]
    [InlineData("http://127.0.0.1:7071/api", "http://127.0.0.1:7071/api")]
    [InlineData("https://fashion.test/moved/api/", "https://fashion.test/moved/api")]
    public void Read_Address_IsThatOfTheApi(string text, string expected)
    {
        var options = ServerOptions.Read(Settings(("FASHION_SERVER", text)), keyFile: null)!;

        Assert.Equal(expected, options.Url);
        Assert.Equal(expected + "/", options.Address.AbsoluteUri);
    }

    [Theory]
    [InlineData("fashion.test/api", "server: expected an address such as https://HOST/api")]
    [InlineData("ftp://fashion.test/api", "server: expected an address such as https://HOST/api")]
    [InlineData("https://fashion.test/api?code=secret", "server: expected an address without a user, '?' and '#'")]
    [InlineData("https://user:secret@fashion.test/api", "server: expected an address without a user, '?' and '#'")]
    [InlineData("htps://fashion.test/api?code=secret", "server: expected an address such as https://HOST/api")]
    public void Read_NoAddress_IsRefusedWithoutItsSecrets(string text, string expected)
    {
        var failure = Assert.Throws<InvalidInputException>(() => ServerOptions.Read(Settings(("FASHION_SERVER", text)), keyFile: null));

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeyFile_GoesBeforeTheSetting()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("key"), "from-file\n");

        var options = ServerOptions.Read(
            Settings(("FASHION_SERVER", "https://fashion.test"), ("FASHION_KEY", "from-setting")), folder.File("key"))!;

        Assert.Equal("from-file", options.Key);
        Assert.Equal("https://fashion.test/api", options.ToString());
    }

    [Fact]
    public void Read_KeyForAnotherMachineWithoutEncryption_IsRefused()
    {
        var failure = Assert.Throws<InvalidInputException>(() => ServerOptions.Read(
            Settings(("FASHION_SERVER", "http://fashion.test/api"), ("FASHION_KEY", "secret")), keyFile: null));

        Assert.Equal("server: http://fashion.test would receive the key or token unencrypted; use https://.", failure.Message);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("línea")]
    [InlineData(" ")]
    public void Read_KeyThatNoHeaderCanHold_IsRefusedWithoutTheKey(string key)
    {
        var failure = Assert.Throws<InvalidInputException>(() => ServerOptions.Read(
            Settings(("FASHION_SERVER", "https://fashion.test"), ("FASHION_KEY", key)), keyFile: null));

        Assert.Equal("key: expected one line of printable ASCII characters without spaces.", failure.Message);
    }

    [Fact]
    public void Read_EntraWithoutScope_NamesTheRemedy()
    {
        var failure = Assert.Throws<InvalidInputException>(() => ServerOptions.Read(
            Settings(("FASHION_SERVER", "https://fashion.test"), ("FASHION_AUTH", "entra")), keyFile: null));

        Assert.Contains("give it with --scope or FASHION_SCOPE", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoServer_IsNull() => Assert.Null(ServerOptions.Read(Settings(("FASHION_KEY", "secret")), keyFile: null));

    private static SettingSource Settings(params (string Name, string Value)[] settings) =>
        new(name => settings.FirstOrDefault(setting => setting.Name == name).Value);
}
