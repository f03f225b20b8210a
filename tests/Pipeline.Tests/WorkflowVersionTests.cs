namespace ServerlessFashion.Pipeline.Tests;

public sealed class WorkflowVersionTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Parse_NothingRecorded_IsOlderThanAnyVersion(string? recorded) =>
        Assert.True(WorkflowVersion.Parse(recorded) < new Version(0, 1));

    [Fact]
    public void Parse_TenAndNine_ComparesNumbers() => Assert.True(WorkflowVersion.Parse("10.0") > WorkflowVersion.Parse("9.0"));

    [Fact]
    public void Current_HasTwoParts() =>
        Assert.Equal(WorkflowVersion.Current, WorkflowVersion.Parse(WorkflowVersion.Current).ToString(fieldCount: 2));
}
