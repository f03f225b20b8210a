using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServerlessFashion.Api;

/// <summary>
/// Reads the fields of a JSON object by name and type, and collects what is wrong, so that one answer names every bad
/// field. A field that is null counts as left out.
/// </summary>
internal sealed class JsonFields
{
    private const int ShownCharacters = 40;

    private readonly Dictionary<string, JsonElement> _fields = [];
    private readonly List<string> _known = [];
    private readonly List<FieldError> _errors = [];

    /// <exception cref="ProblemException">400: <paramref name="body"/> is not an object.</exception>
    public JsonFields(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"body: expected a JSON object, found {Shown(body)}.");
        }

        foreach (var field in body.EnumerateObject())
        {
            _fields.Add(field.Name, field.Value);
        }
    }

    public string? Text(string name) => Read(name, "a string", value => value.ValueKind == JsonValueKind.String ? value.GetString() : null);

    public string RequiredText(string name)
    {
        var text = Text(name);
        if (string.IsNullOrEmpty(text) && _errors.TrueForAll(error => error.Pointer != Pointer(name)))
        {
            Add(name, "expected a string, found nothing");
        }

        return text ?? "";
    }

    public int? WholeNumber(string name) => Read(name, "a whole number", IntegerOf);

    public T? Choice<T>(string name) where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToList();
        return Read(name, $"one of {string.Join(", ", names)}", value =>
            value.ValueKind == JsonValueKind.String && names.IndexOf(value.GetString()!) is >= 0 and var index ? Enum.GetValues<T>()[index] : (T?)null);
    }

    public IReadOnlyList<string>? Texts(string name) => Read(name, "an array of strings", value =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? value.EnumerateArray().Select(item => item.GetString()!).ToList()
            : null);

    public IReadOnlyDictionary<string, int>? Counts(string name) => Read(name, "an object with whole numbers", value =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(item => IntegerOf(item.Value) is not null)
            ? value.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetInt32())
            : null);

    /// <summary>Call it when all fields have been read.</summary>
    /// <exception cref="ProblemException">400: a field is unknown, or one could not be used.</exception>
    public void Complete()
    {
        foreach (var name in _fields.Keys.Except(_known))
        {
            Add(name, $"not a field of this request; its fields are {string.Join(", ", _known)}");
        }

        if (_errors.Count > 0)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, string.Join(" ", _errors.Select(error => error.Detail))) { Errors = _errors };
        }
    }

    /// <summary>A problem that names the field that <paramref name="failure"/> begins with.</summary>
    public static ProblemException Problem(InvalidInputException failure)
    {
        var field = failure.Message.Split(':')[0];
        return new ProblemException(StatusCodes.Status400BadRequest, failure.Message, failure) { Errors = [new FieldError(Pointer(field), failure.Message)] };
    }

    private T? Read<T>(string name, string expected, Func<JsonElement, T?> read)
    {
        _known.Add(name);
        if (!_fields.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return default;
        }

        var found = read(value);
        if (found is null)
        {
            Add(name, $"expected {expected}, found {Shown(value)}");
        }

        return found;
    }

    private void Add(string name, string what) => _errors.Add(new FieldError(Pointer(name), $"{Short(name)}: {what}."));

    private static int? IntegerOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static string Pointer(string name) => "#/" + Uri.EscapeDataString(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    private static string Shown(JsonElement value) => Short(value.GetRawText());

    private static string Short(string text) => text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "...";
}
