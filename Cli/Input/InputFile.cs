using ServerlessFashion.Application;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Input;

/// <summary>An input that a user named: a file, a folder of pictures, or <c>-</c> for standard input.</summary>
internal sealed class InputFile : IDisposable
{
    private const string StandardInput = "-";

    private readonly Stream? _content;

    private InputFile(PredictionInput input, Stream? content)
    {
        Input = input;
        _content = content;
    }

    public PredictionInput Input { get; }

    /// <summary>What a command waits for while it opens, reads and predicts the input: the end of a sentence.</summary>
    public static string DescribeWait(string name) => name == StandardInput
        ? "the images on standard input, and their predictions"
        : IsPipe(name) ? $"a program that writes to {name}, and the predictions" : $"the predictions of {name}";

    /// <summary>Opens the input. A named pipe is waited for until it has a writer.</summary>
    /// <exception cref="InvalidInputException">It does not exist or cannot be read.</exception>
    public static async Task<InputFile> OpenAsync(string name, CancellationToken cancellation)
    {
        if (name == StandardInput)
        {
            return Of(new InterruptibleStream(Console.OpenStandardInput()), "standard input");
        }

        if (Directory.Exists(name))
        {
            return new InputFile(PredictionInput.OfFolder(name), null);
        }

        var content = await OpenFileAsync(name, cancellation);
        return Of(content.CanSeek ? content : new InterruptibleStream(content), name);
    }

    /// <summary>Checks that a file can be read, before any work.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, or it is a folder.</exception>
    public static void RequireFile(string name)
    {
        if (Directory.Exists(name))
        {
            throw new InvalidInputException($"{name}: expected a file, found a folder; pack its pictures as a ZIP.");
        }

        try
        {
            using var file = File.OpenRead(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{name}: cannot be read ({FileFailure.Reason(e)}).", e);
        }
    }

    /// <summary>Checks that all inputs exist, so that no rows of the first are written before the last is missed.</summary>
    /// <exception cref="InvalidInputException">One does not exist.</exception>
    public static void RequireAll(IEnumerable<string> names)
    {
        foreach (var name in names.Where(name => name != StandardInput && !Path.Exists(name)))
        {
            RequireFile(name);
        }
    }

    public void Dispose() => _content?.Dispose();

    private static InputFile Of(Stream content, string name) => new(PredictionInput.OfFile(content, name), content);

    /// <summary>A named pipe exists and has no length; an empty file makes nobody wait.</summary>
    private static bool IsPipe(string name) => new FileInfo(name) is { Exists: true, Length: 0 };

    private static async Task<FileStream> OpenFileAsync(string name, CancellationToken cancellation)
    {
        // The system opens a named pipe only when it has a writer, and the wait cannot be interrupted.
        var opening = Task.Run(() => File.OpenRead(name), CancellationToken.None);
        try
        {
            return await opening.WaitAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{name}: cannot be read ({FileFailure.Reason(e)}).", e);
        }
    }
}
