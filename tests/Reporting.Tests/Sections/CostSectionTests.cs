using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class CostSectionTests
{
    /// <summary>The study's recipes have 50 and 30 epochs; the budget left 8 of each.</summary>
    [Fact]
    public void Of_RunWithABudget_SaysHowManyEpochsItLeft()
    {
        var input = HandmadeRun.Input();
        var configuration = input.Configuration with
        {
            Budget = TimeSpan.FromMinutes(90),
            Models = [.. input.Configuration.Models.Where(model => model.Name is "model1" or "model4")],
            RecipeEpochs = new Dictionary<string, IReadOnlyList<int>> { ["model1"] = [50], ["model4"] = [20, 10] },
        };
        var view =
            new ReportView(ReportBuilder.Build(input with { Definition = input.Definition with { Configuration = configuration } }), input);

        Assert.Equal(
            "Epochs were chosen so that the run would end within 1h30m: model1 8 of 50 and model4 8 of 30.",
            Assert.Single(SectionsOf.Blocks<Paragraph>(CostSection.Of(view))).Text);
        Assert.Empty(SectionsOf.Blocks<Paragraph>(CostSection.Of(HandmadeRun.View())));
    }
}
