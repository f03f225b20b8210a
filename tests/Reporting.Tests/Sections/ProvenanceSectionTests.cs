using ServerlessFashion.Devices;
using ServerlessFashion.Reporting.Sections;
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

    private static string? DeviceLine(DeviceDescription? device)
    {
        var input = SyntheticReport.Input();
        var document = ReportBuilder.Build(input with { Environment = input.Environment with { Device = device } });
        var table = ProvenanceSection.Of(new ReportView(document, input)).Blocks.OfType<TableBlock>().First().Table;

        return table.Rows.FirstOrDefault(row => row.Cells[0].Text == "Device")?.Cells[1].Text;
    }
}
