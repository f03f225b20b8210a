using System.Globalization;
using Google.Protobuf;
using ServerlessFashion.Cli.Tests.Telemetry.Otlp;

namespace ServerlessFashion.Cli.Tests.Telemetry;

/// <summary>What was received, in words.</summary>
internal static class OtlpText
{
    /// <summary>The value of an attribute; empty when there is none.</summary>
    public static string Text(this IEnumerable<KeyValue> attributes, string key) =>
        attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value is { } value
            ? value.ValueCase switch
            {
                AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
                _ => value.StringValue,
            }
            : "";

    /// <summary>One line for each span, below its parent and two spaces further in, in order of their starts.</summary>
    public static IReadOnlyList<string> Tree(IReadOnlyList<Span> spans, Func<Span, string>? text = null)
    {
        return Below(ByteString.Empty, "");

        List<string> Below(ByteString parent, string indent) =>
        [
            .. from span in spans
               where span.ParentSpanId == parent
               orderby span.StartTimeUnixNano
               from line in (IEnumerable<string>)[indent + (text ?? (found => found.Name))(span), .. Below(span.SpanId, indent + "  ")]
               select line,
        ];
    }

    public static string Seconds(this Span span) =>
        string.Create(CultureInfo.InvariantCulture, $"{(span.EndTimeUnixNano - span.StartTimeUnixNano) / 1e9:0.000} s");
}
