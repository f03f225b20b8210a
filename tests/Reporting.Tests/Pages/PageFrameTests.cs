using ServerlessFashion.Reporting.Pages;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Reporting.Tests.Pages;

public sealed class PageFrameTests
{
    [Fact]
    public void Of_FinishedRun_NamesWinnerAndImages() => Assert.Equal(
        new PageFrame(
            "Model comparison run-1",
            "Model 4, Model 1 and Model 3 are level; Model 4 is chosen because its validation accuracy is the highest",
            "Run run-1 · 25 November 2026 · preset quick · 48,000 training, 10 validation, 8 test images",
            "Run run-1, ServerlessFashion 0.1.0"),
        PageFrame.Of(ReportBuilder.Build(HandmadeRun.Input())));

    [Fact]
    public void Of_RunWithNameAndTags_NamesThemInTitleAndMeta()
    {
        var input = HandmadeRun.Input() with { Description = RunDescription.Of("First try", ["night", "gpu"], null) };

        var frame = PageFrame.Of(ReportBuilder.Build(input));

        Assert.Equal("First try · model comparison run-1", frame.Title);
        Assert.StartsWith("First try #night #gpu · Run run-1 · 25 November 2026", frame.Meta, StringComparison.Ordinal);
    }
}
