using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class FailuresSectionTests
{
    [Fact]
    public void Of_SomeOrAllFailed_SaysWhich()
    {
        var input = HandmadeRun.Input() with { Failures = [new ModelFailure("model1", 1, "out of memory")] };

        Assert.Equal("Not every model finished. The other models are not affected.", Lead(input));
        Assert.Equal("No model finished.", Lead(input with { Evaluations = [] }));

        static string Lead(ReportInput input) => FailuresSection.Of(new ReportView(ReportBuilder.Build(input), input)).Lead;
    }
}
