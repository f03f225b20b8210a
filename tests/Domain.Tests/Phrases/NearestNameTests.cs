using ServerlessFashion.Phrases;

namespace ServerlessFashion.Domain.Tests.Phrases;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("compare", "comprae")]
    [InlineData("compare", "compar")]
    [InlineData("compare", "comp")]
    [InlineData("compare", "COMPARE")]
    [InlineData("completion", "complet")]
    [InlineData("--preset", "--prest")]
    [InlineData("--preset", "--presets")]
    [InlineData("runs", "rums")]
    [InlineData(null, "c")]
    [InlineData(null, "xyzzy")]
    [InlineData(null, "")]
    [InlineData(null, "rxyz")]
    public void Find_Text_IsTheNameWithFewErrors(string? expected, string text) =>
        Assert.Equal(expected, NearestName.Find(text, ["compare", "completion", "runs", "--preset"]));

    [Fact]
    public void Find_NoNames_IsNull() => Assert.Null(NearestName.Find("compare", []));

    [Theory]
    [InlineData("preset: 'quik' is not a preset; did you mean quick? The presets are smoke, quick.", "quik", "preset")]
    [InlineData("preset: 'huge' is not a preset; the presets are smoke, quick.", "huge", "preset")]
    [InlineData("preset: 'huge' is not a preset of this run; the presets of this run are smoke, quick.", "huge", "preset of this run")]
    public void Refuse_UnknownName_ListsTheNames(string expected, string text, string kind) =>
        Assert.Equal(expected, UnknownName.Refuse("preset", text, kind, ["smoke", "quick"]).Message);
}
