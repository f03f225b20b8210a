using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class RunStatusTextTests
{
    /// <summary>The words are a contract of the HTTP API.</summary>
    [Fact]
    public void Describe_EveryStatus_IsTheWordOfTheApi() => Assert.Equal(
        ["pending", "running", "completed", "failed", "cancelled"], Enum.GetValues<RunStatus>().Select(status => status.Describe()));
}
