using System.Globalization;
using System.Text;

namespace ServerlessFashion.Cli.Tests.Display;

/// <summary>
/// A terminal that knows the few codes which the live table writes. Lines that leave the screen at its top are kept and cannot be
/// changed any more, as in a true one.
/// </summary>
internal sealed class FakeTerminal(int width, int height) : TextWriter
{
    private readonly List<StringBuilder> _lines = [new()];
    private int _row;
    private int _column;
    private string? _code;

    public override Encoding Encoding => Encoding.UTF8;

    public bool IsCursorShown { get; private set; } = true;

    /// <summary>All lines from the first that was written, without trailing spaces and without empty lines at the end.</summary>
    public string Text => string.Join('\n', _lines.Select(line => line.ToString().TrimEnd())).TrimEnd('\n');

    public override void Write(char value)
    {
        if (_code is not null)
        {
            _code += value;
            if (char.IsAsciiLetter(value))
            {
                Execute(_code);
                _code = null;
            }

            return;
        }

        switch (value)
        {
            case '\u001b':
                _code = "";
                break;
            case '\r':
                _column = 0;
                break;
            case '\n':
                // As a terminal in its usual mode: a line feed also returns.
                MoveDown();
                break;
            default:
                Put(value);
                break;
        }
    }

    private void Put(char value)
    {
        if (_column == width)
        {
            MoveDown();
        }

        var line = _lines[_row];
        line.Append(' ', Math.Max(0, _column + 1 - line.Length));
        line[_column++] = value;
    }

    private void MoveDown()
    {
        _column = 0;
        if (++_row == _lines.Count)
        {
            _lines.Add(new StringBuilder());
        }
    }

    private void Execute(string code)
    {
        switch (code)
        {
            case "[?25l" or "[?25h":
                IsCursorShown = code.EndsWith('h');
                break;
            case "[2K":
                _lines[_row].Clear();
                break;
            case "[J":
                _lines[_row].Length = Math.Min(_lines[_row].Length, _column);
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                break;
            case var _ when code.EndsWith('A'):
                var top = Math.Max(0, _lines.Count - height);
                _row = Math.Max(top, _row - int.Parse(code[1..^1], CultureInfo.InvariantCulture));
                break;
            case var _ when code.EndsWith('m'):
                break;
            default:
                throw new NotSupportedException($"The terminal does not know {code}.");
        }
    }
}
