using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class RunIdsTests
{
    [Fact]
    public void Create_TimeAndBytes_AreReadable() => Assert.Equal(
        "20260131-142501-9f3ac012",
        RunIds.Create(new DateTimeOffset(2026, 1, 31, 15, 25, 1, TimeSpan.FromHours(1)), [0x9f, 0x3a, 0xc0, 0x12]));

    /// <summary>Expected from <c>printf abc | sha256sum</c>.</summary>
    [Fact]
    public void FromKey_Key_IsItsHash() => Assert.Equal("key-ba7816bf8f01cfea414140de", RunIds.FromKey("abc"));

    [Theory]
    [InlineData("20260131-142501-9f3ac012", true)]
    [InlineData("", false)]
    [InlineData("../secrets", false)]
    [InlineData("a/b", false)]
    [InlineData("-x", false)]
    [InlineData("RUN", false)]
    [InlineData("run\n", false)]
    public void IsValid_Text_AllowsOnlySafeNames(string id, bool expected) => Assert.Equal(expected, RunIds.IsValid(id));
}
