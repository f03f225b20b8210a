using System.Diagnostics;

namespace ServerlessFashion.Telemetry.Tests;

public sealed class TraceParentTests
{
    [Fact]
    public void Write_CurrentSpan_IsWhatAChildReads()
    {
        using var span = new Activity("step") { TraceStateString = "vendor=1" }.Start();
        var environment = new Dictionary<string, string?>();

        TraceParent.Write(environment);

        Assert.Equal($"00-{span.TraceId}-{span.SpanId}-00", environment["TRACEPARENT"]);
        Assert.Equal("vendor=1", environment["TRACESTATE"]);
        var read = TraceParent.Read(environment.GetValueOrDefault);
        Assert.Equal((span.TraceId, span.SpanId), (read.TraceId, read.SpanId));
    }

    [Fact]
    public void Write_NoCurrentSpan_PassesOnNothing()
    {
        var environment = new Dictionary<string, string?> { ["TRACEPARENT"] = "of my own parent", ["TRACESTATE"] = "vendor=1" };

        TraceParent.Write(environment);

        Assert.Empty(environment);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c")]
    public void Read_NoSpan_IsNone(string? text) => Assert.Equal(default, TraceParent.Read(name => name == "TRACEPARENT" ? text : null));
}
