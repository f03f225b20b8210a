using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServerlessFashion.Application;
using ServerlessFashion.Data;

namespace ServerlessFashion.Api.Requests;

/// <summary>
/// Reads <c>{"images": [...]}</c>: each image an array of whole values 0..255, row after row (784 grey values for Fashion-MNIST,
/// garment light on dark ground; the channels of a pixel side by side), or an array of rows; or an object
/// with those as <c>pixels</c> and an <c>id</c>. A whole number may be written as 12.0. Without an id an image is called by
/// its position from 0. The images are read one by one: a document of the whole body would take many times the memory of its text.
/// </summary>
internal static class JsonImages
{
    private const string Images = "images";
    private const string Id = "id";
    private const string Pixels = "pixels";
    public const int MaxIdLength = 1024;

    /// <param name="body">UTF-8 text.</param>
    /// <param name="shape">The shape of each image.</param>
    /// <returns>The ids, and the grey values of all images one after the other.</returns>
    /// <exception cref="ProblemException">
    /// 413: more than <paramref name="most"/> images, which <paramref name="tooMany"/> says. 400: the body is not JSON.
    /// </exception>
    /// <exception cref="InvalidInputException">Something cannot be used; the message names the image and the value.</exception>
    public static (IReadOnlyList<string> Ids, byte[] Pixels) Read(
        ReadOnlyMemory<byte> body, ImageShape shape, int most, string tooMany)
    {
        body = JsonText.WithoutMark(body);
        JsonText.Require(body.Span);
        var count = Count(FindImages(body.Span));
        if (count == 0)
        {
            throw new InvalidInputException($"{Images}: expected at least one image, found none.");
        }

        if (count > most)
        {
            throw new ProblemException(StatusCodes.Status413PayloadTooLarge, tooMany);
        }

        var ids = new List<string>(count);
        var pixels = new byte[count * shape.Bytes];
        var reader = FindImages(body.Span);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var index = ids.Count;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            using var image = JsonDocument.Parse(body[start..(int)reader.BytesConsumed]);
            ids.Add(ReadId(image.RootElement, index));
            ReadPixels(image.RootElement, index, shape, pixels.AsSpan(index * shape.Bytes, shape.Bytes));
        }

        return (ids, pixels);
    }

    /// <summary>A reader at the beginning of the array, after a check that the body has nothing else.</summary>
    private static Utf8JsonReader FindImages(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, JsonText.ReaderOptions);
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        Utf8JsonReader images = default;
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            RequireKnown(name, "body", images.TokenType == JsonTokenType.None ? [] : [Images], Images);
            reader.Read();
            images = reader;
            reader.Skip();
        }

        return images.TokenType == JsonTokenType.StartArray
            ? images
            : throw new InvalidInputException($"body: expected an object with an array '{Images}'.");
    }

    private static int Count(Utf8JsonReader images)
    {
        var count = 0;
        for (; images.Read() && images.TokenType != JsonTokenType.EndArray; count++)
        {
            images.Skip();
        }

        return count;
    }

    private static string ReadId(JsonElement image, int index)
    {
        if (image.ValueKind != JsonValueKind.Object)
        {
            return index.ToString(CultureInfo.InvariantCulture);
        }

        RequireOnly(image, Name(index), Id, Pixels);
        if (!image.TryGetProperty(Id, out var id))
        {
            return index.ToString(CultureInfo.InvariantCulture);
        }

        return id.ValueKind == JsonValueKind.String && id.GetString() is { Length: >= 1 and <= MaxIdLength } text && !text.Contains('\0')
            ? text
            : throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture, $"{Name(index)}.{Id}: expected a string of 1 to {MaxIdLength} characters without NUL."));
    }

    private static void ReadPixels(JsonElement image, int index, ImageShape shape, Span<byte> pixels)
    {
        var values = image;
        if (image.ValueKind == JsonValueKind.Object && !image.TryGetProperty(Pixels, out values) || values.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidInputException(
                $"{Name(index)}: expected an array of {shape.Bytes} {Values(shape)}, or an object with one as '{Pixels}'.");
        }

        if (IsOfRows(values, shape))
        {
            var (row, inRow) = (0, shape.Side * shape.Channels);
            foreach (var line in values.EnumerateArray())
            {
                ReadValues(line, index, row * inRow, pixels.Slice(row * inRow, inRow));
                row++;
            }

            return;
        }

        if (values.GetArrayLength() != pixels.Length)
        {
            throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                $"{Name(index)}: expected {pixels.Length} {Values(shape)}, found {values.GetArrayLength()}."));
        }

        ReadValues(values, index, 0, pixels);
    }

    private static bool IsOfRows(JsonElement values, ImageShape shape) =>
        values.GetArrayLength() == shape.Side && values.EnumerateArray().All(
            row => row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == shape.Side * shape.Channels);

    private static string Values(ImageShape shape) => shape.IsColour ? "values" : "grey values";

    /// <param name="first">The number of the first value in the image.</param>
    private static void ReadValues(JsonElement values, int index, int first, Span<byte> pixels)
    {
        var pixel = 0;
        foreach (var value in values.EnumerateArray())
        {
            if (value.ValueKind != JsonValueKind.Number || !TryGetGrey(value, out pixels[pixel]))
            {
                var remedy = value.ValueKind == JsonValueKind.Number ? PredictionModel.GreyRemedy(value.GetDouble()) : "";
                throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                    $"{Name(index)}: value {first + pixel} should be a whole number from 0 to 255, "
                    + $"found {Short(value.GetRawText())}{remedy}."));
            }

            pixel++;
        }
    }

    private static bool TryGetGrey(JsonElement value, out byte grey)
    {
        if (value.TryGetByte(out grey))
        {
            return true;
        }

        var number = value.GetDouble();
        grey = (byte)Math.Clamp(number, 0, byte.MaxValue);
        return grey == number;
    }

    private static void RequireOnly(JsonElement item, string name, params ReadOnlySpan<string> known)
    {
        var seen = new List<string>();
        foreach (var field in item.EnumerateObject())
        {
            RequireKnown(field.Name, name, seen, known);
            seen.Add(field.Name);
        }
    }

    private static void RequireKnown(string field, string name, IReadOnlyList<string> seen, params ReadOnlySpan<string> known)
    {
        if (!known.Contains(field))
        {
            throw new InvalidInputException(
                $"{name}: '{Short(field)}' is not a field here; the fields are {string.Join(", ", known!)}.");
        }

        if (seen.Contains(field))
        {
            throw new InvalidInputException($"{name}: '{field}' is given twice.");
        }
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"{Images}[{index}]");

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
