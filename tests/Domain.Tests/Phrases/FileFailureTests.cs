using ServerlessFashion.Phrases;

namespace ServerlessFashion.Domain.Tests.Phrases;

/// <summary>The messages are those of .NET 10 on Linux.</summary>
public sealed class FileFailureTests
{
    [Fact]
    public void Reason_MissingFile_DoesNotRepeatItsName()
    {
        var failure = Assert.ThrowsAny<IOException>(() => File.OpenRead("/does/not/exist"));

        Assert.Equal("no such file or folder", FileFailure.Reason(failure));
    }

    [Theory]
    [InlineData("No space left on device", "No space left on device : '/a/b c.csv'")]
    [InlineData("Is a directory", "Is a directory : '/a'")]
    [InlineData("The process cannot access the file because it is being used by another process",
        "The process cannot access the file '/a' because it is being used by another process.")]
    public void Reason_OtherFailure_LosesThePathAlone(string expected, string message) =>
        Assert.Equal(expected, FileFailure.Reason(new IOException(message)));

    [Fact]
    public void Reason_NoRights_IsAccessDenied() =>
        Assert.Equal("access is denied", FileFailure.Reason(new UnauthorizedAccessException("Access to the path '/a' is denied.")));
}
