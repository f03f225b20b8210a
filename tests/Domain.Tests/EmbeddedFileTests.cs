namespace ServerlessFashion.Domain.Tests;

public class EmbeddedFileTests
{
    [Fact]
    public void Read_FileThatTheAssemblyLacks_NamesAssemblyAndFile() => Assert.Equal(
        "The assembly ServerlessFashion.Domain lacks its file theme.css.",
        Assert.Throws<InvalidOperationException>(() => EmbeddedFile.Read(typeof(EmbeddedFile), "theme.css")).Message);
}
