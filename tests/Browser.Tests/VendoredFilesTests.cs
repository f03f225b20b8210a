using System.Reflection;
using System.Security.Cryptography;

namespace ServerlessFashion.Browser.Tests;

/// <summary>
/// Files of other projects that the dashboard contains are exactly those of the npm packages in docs/dependencies.md. The hashes are
/// what <c>npm pack uplot@1.6.32 &amp;&amp; tar xf uplot-1.6.32.tgz &amp;&amp; sha256sum package/dist/uPlot.*</c> prints.
/// </summary>
public sealed class VendoredFilesTests
{
    private static readonly string Folder = typeof(VendoredFilesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "VendorFolder").Value!;

    [Theory]
    [InlineData("uPlot.iife.min.js", "19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f")]
    [InlineData("uPlot.min.css", "df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04")]
    [InlineData("uPlot.LICENSE.txt", "8f989229699b4fe2f1a0432d0e9edc338a8a911e250e2d1b01ecd770a5f5b1bd")]
    public void Content_OfEachFile_IsThatOfThePackage(string file, string sha256) =>
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, file)))));

    [Fact]
    public void Folder_HasNoOtherFile() => Assert.Equal(3, Directory.GetFiles(Folder).Length);
}
