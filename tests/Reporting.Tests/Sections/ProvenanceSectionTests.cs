using ServerlessFashion.Devices;
using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests.Sections;

public sealed class ProvenanceSectionTests
{
    [Fact]
    public void Of_TrainedOnAGpu_NamesItAndItsSettings() =>
        Assert.Equal("cuda: Tesla T4, 14.8 GiB, driver 570.86.10, TF32 off, deterministic algorithms on", DeviceLine(SyntheticReport.T4));

    [Fact]
    public void Of_TrainedOnTheCpu_SaysSo() => Assert.Equal("cpu", DeviceLine(DeviceDescription.Cpu));

    /// <summary>A run of an earlier version says nothing of its device, and neither does its report.</summary>
    [Fact]
    public void Of_UnknownDevice_HasNoLine() => Assert.Null(DeviceLine(null));

    [Fact]
    public void Of_OneTrainingOnAnotherMachine_NamesTheMachineAndTheTraining()
    {
        var input = SyntheticReport.Input();
        var other = input.Environment with { Processor = "Intel Xeon", Cores = 8 };
        var document = ReportBuilder.Build(input with
        {
            TrainingEnvironments =
            [
                new TrainingEnvironments("model1", 1, [input.Environment]),
                new TrainingEnvironments("model3", 1, [input.Environment, other]),
            ],
        });

        var rows = ProvenanceSection.Of(new ReportView(document, input)).Blocks.OfType<TableBlock>().First().Table.Rows;

        var line = Assert.Single(rows, row => row.Cells[0].Text.StartsWith("Also used", StringComparison.Ordinal));
        Assert.Equal(
            (
                "Also used, by model3 seed 1",
                "Intel Xeon, 8 cores, 7.6 GiB, Debian GNU/Linux 12, ServerlessFashion 0.1.0, .NET 10.0.1, libtorch 2.10.0"),
            (line.Cells[0].Text, line.Cells[1].Text));
    }

    [Fact]
    public void Of_RunWithNameTagsAndNotes_HasALineOfEach()
    {
        var input = SyntheticReport.Input() with { Description = RunDescription.Of("First try", ["night", "gpu"], "one\ntwo") };

        var table = ProvenanceSection.Of(new ReportView(ReportBuilder.Build(input), input)).Blocks.OfType<TableBlock>().First().Table;

        Assert.Equal(
            ["Name: First try", "Tags: night gpu", "Notes: one two"],
            table.Rows.Skip(1).Take(3).Select(row => $"{row.Cells[0].Text}: {row.Cells[1].Text}"));
    }

    /// <summary>Once for the run, and once in the model card of its winner.</summary>
    [Theory]
    [InlineData(true, 2)]
    [InlineData(null, 0)]
    public void Of_ClassWeights_AreALineOfTheRunAndOfTheModelCard(bool? classWeights, int lines)
    {
        var input = SyntheticReport.Input();
        var configuration = input.Definition.Configuration with { ClassWeights = classWeights };
        input = input with { Definition = input.Definition with { Configuration = configuration } };

        var tables = ProvenanceSection.Of(new ReportView(ReportBuilder.Build(input), input)).Blocks.OfType<TableBlock>();

        Assert.Equal(lines, tables.SelectMany(block => block.Table.Rows).Count(row => row.Cells[0].Text == "Class weights"));
    }

    private static string? DeviceLine(DeviceDescription? device)
    {
        var input = SyntheticReport.Input();
        var document = ReportBuilder.Build(input with { Environment = input.Environment with { Device = device } });
        var table = ProvenanceSection.Of(new ReportView(document, input)).Blocks.OfType<TableBlock>().First().Table;

        return table.Rows.FirstOrDefault(row => row.Cells[0].Text == "Device")?.Cells[1].Text;
    }
}
