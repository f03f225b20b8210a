using ServerlessFashion.Models;
using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class PruningSectionTests
{
    /// <summary>Model 4 keeps its learning rate, its annealed form does not.</summary>
    [Theory]
    [InlineData("model4", 1)]
    [InlineData("model4-annealed", 0)]
    public void Of_DenseModel_IsNoticedIfItsRateDoesNotFall(string dense, int notices)
    {
        var run = SyntheticReport.Pruned();
        run = run with
        {
            Evaluations = [run.Evaluations[0] with { Name = dense }, .. run.Evaluations.Skip(1)],
            Definition = run.Definition with
            {
                Configuration = run.Configuration with
                {
                    Models =
                    [
                        run.Configuration.Models[0] with { Name = dense, Phases = ModelCatalogue.Get(dense).Phases },
                        .. run.Configuration.Models.Skip(1),
                    ],
                },
                Specs = [ModelCatalogue.Get(dense), .. run.Definition.Specs.Skip(1)],
            },
        };

        Assert.Equal(notices, SectionsOf.Blocks<Notice>(PruningSection.Of(new ReportView(ReportBuilder.Build(run), run))).Length);
    }
}
