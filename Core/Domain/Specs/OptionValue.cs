using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Specs;

/// <summary>The value of a training option as a text: a number, a word, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
[JsonConverter(typeof(Converter))]
public sealed record OptionValue
{
    private OptionValue(string text) => Text = text;

    /// <summary>
    /// The value. A finite number has one form only: <c>3e-4</c> becomes <c>0.0003</c>, and <c>0.00005</c> becomes <c>5e-5</c>.
    /// </summary>
    public string Text { get; }

    public static OptionValue Of(string text) => new(FindNumber(text) is { } number ? Shortest(number) : text);

    public override string ToString() => Text;

    /// <summary>.NET writes an exponent as <c>E-05</c> and <c>E+16</c>.</summary>
    private static string Shortest(double number) => number.ToString("R", CultureInfo.InvariantCulture)
        .Replace("E-0", "e-", StringComparison.Ordinal).Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e');

    private static double? FindNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private sealed class Converter : JsonConverter<OptionValue>
    {
        public override bool HandleNull => true;

        /// <exception cref="JsonException">An object or an array.</exception>
        public override OptionValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => Of(reader.GetString()!),
                JsonTokenType.Number => Of(reader.GetDouble().ToString("R", CultureInfo.InvariantCulture)),
                JsonTokenType.True => Of("true"),
                JsonTokenType.False => Of("false"),
                JsonTokenType.Null => Of("null"),
                _ => throw new JsonException(),
            };

        public override void Write(Utf8JsonWriter writer, OptionValue value, JsonSerializerOptions options)
        {
            if (FindNumber(value.Text) is { } number)
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteStringValue(value.Text);
            }
        }
    }
}
