using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class ModelTitlesTests
{
    [Theory]
    [InlineData("model4", "Model 4")]
    [InlineData("ensemble", "Ensemble")]
    [InlineData("ensemble-garments", "Ensemble on garments")]
    [InlineData("somebody-elses", "somebody-elses")]
    public void Of_Name_IsItsTitleOrTheNameItself(string name, string title) => Assert.Equal(title, ModelTitles.Of(name));
}
