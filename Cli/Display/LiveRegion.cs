using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ServerlessFashion.Cli.Display;

/// <summary>
/// The last lines of a terminal, which are drawn again and again. Text that is written meanwhile stands above them. Nothing remains of
/// them at the end. Thread-safe.
/// </summary>
/// <remarks>
/// The cursor waits on the line below the drawing, where the terminal echoes Ctrl-C as <c>^C</c>; the next drawing erases that. Each
/// drawing is one write, so that no half of it is seen.
/// </remarks>
internal sealed class LiveRegion : IDisposable
{
    private const string Escape = "\u001b[";
    private const string HideCursor = Escape + "?25l";
    private const string ShowCursor = Escape + "?25h";
    private const string EraseLine = Escape + "2K";
    private const string EraseBelow = Escape + "J";

    private readonly Lock _gate = new();
    private readonly IAnsiConsole _console;
    private string[] _lines = [];
    private int[] _widths = [];
    private bool _isDisposed;

    public LiveRegion(IAnsiConsole console)
    {
        _console = console;
        Write(HideCursor);
    }

    /// <summary>Replaces the drawing. One with more lines than the terminal is cut off, because it could not be erased again.</summary>
    /// <param name="draw">Gets the width of the terminal and the number of lines that fit.</param>
    public void Draw(Func<int, int, IRenderable> draw)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            var (width, height) = (_console.Profile.Width, Math.Max(1, _console.Profile.Height - 1));
            var drawing = draw(width, height);
            var options = RenderOptions.Create(_console, _console.Profile.Capabilities);
            var lines = Segment.SplitLines(drawing.Render(options, width), width).Take(height).ToList();
            var top = MoveToTop();
            _lines = [.. _console.ToAnsi(drawing).Split('\n').Take(lines.Count).Select(line => line.TrimEnd('\r'))];
            _widths = [.. lines.Select(line => line.CellCount())];
            Write(top + Drawing());
        }
    }

    /// <summary>Writes lines above the drawing.</summary>
    /// <param name="write">Writes whole lines to the same terminal.</param>
    public void Above(Action write)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                write();
                return;
            }

            Write(MoveToTop() + EraseBelow);
            write();
            Write(Drawing());
        }
    }

    /// <summary>Erases the drawing.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                Write(MoveToTop() + EraseBelow + ShowCursor);
                _lines = [];
                _widths = [];
            }
        }
    }

    private string Drawing() => string.Concat(_lines.Select(line => $"{EraseLine}{line}\n")) + EraseBelow;

    /// <summary>Moves the cursor to the first line of the drawing. Lines that no longer fit the terminal have been wrapped by it.</summary>
    private string MoveToTop()
    {
        var width = Math.Max(1, _console.Profile.Width);
        var rows = Math.Min(
            _widths.Sum(cells => Math.Max(1, ((cells - 1) / width) + 1)), Math.Max(0, _console.Profile.Height - 1));
        return rows == 0 ? "\r" : string.Create(CultureInfo.InvariantCulture, $"\r{Escape}{rows}A");
    }

    private void Write(string text)
    {
        _console.Profile.Out.Writer.Write(text);
        _console.Profile.Out.Writer.Flush();
    }
}
