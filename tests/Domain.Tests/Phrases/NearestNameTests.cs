using ServerlessFashion.Phrases;

namespace ServerlessFashion.Domain.Tests.Phrases;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["compare", "completion", "runs", "--preset", "model1", "model3", "model4"];

    [Theory]
    [InlineData("did you mean compare?", "comprae")]
    [InlineData("did you mean compare?", "compar")]
    [InlineData("did you mean compare?", "COMPARE")]
    [InlineData("did you mean completion?", "complet")]
    [InlineData("did you mean compare or completion?", "comp")]
    [InlineData("did you mean model1, model3 or model4?", "model2")]
    [InlineData("did you mean model3?", "modle3")]
    [InlineData("did you mean --preset?", "--prest")]
    [InlineData("did you mean --preset?", "--presets")]
    [InlineData("did you mean runs?", "rums")]
    [InlineData(null, "c")]
    [InlineData(null, "xyzzy")]
    [InlineData(null, "")]
    [InlineData(null, "rxyz")]
    public void Ask_Text_NamesTheNearest(string? expected, string text) => Assert.Equal(expected, NearestName.Ask(text, Names));

    [Fact]
    public void Ask_NoNames_IsNull() => Assert.Null(NearestName.Ask("compare", []));

    [Fact]
    public void Find_TooManyEquallyNear_IsEmpty() => Assert.Empty(NearestName.Find("seed", ["seed1", "seed2", "seed3", "seed4"]));

    [Theory]
    [InlineData("preset: 'quik' is not a preset; did you mean quick? The presets are smoke, quick.", "quik", "preset")]
    [InlineData("preset: 'huge' is not a preset; the presets are smoke, quick.", "huge", "preset")]
    [InlineData("preset: 'huge' is not a preset of this run; the presets of this run are smoke, quick.", "huge", "preset of this run")]
    public void Refuse_UnknownName_ListsTheNames(string expected, string text, string kind) =>
        Assert.Equal(expected, UnknownName.Refuse("preset", text, kind, ["smoke", "quick"]).Message);
}
