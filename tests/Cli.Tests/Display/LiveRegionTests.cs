using ServerlessFashion.Cli.Display;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ServerlessFashion.Cli.Tests.Display;

public sealed class LiveRegionTests : IDisposable
{
    private readonly FakeTerminal _terminal = new(20, 6);
    private readonly IAnsiConsole _console;

    public LiveRegionTests()
    {
        _console = Screen.Console(_terminal, 20, 6, ColorSystemSupport.NoColors);
        _terminal.WriteLine("before");
    }

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public void Draw_Again_ReplacesTheDrawing()
    {
        using var live = new LiveRegion(_console);

        live.Draw((_, _) => Lines("one", "two", "three"));
        live.Draw((_, _) => Lines("four"));

        Assert.Equal("before\nfour", _terminal.Text);
        Assert.False(_terminal.IsCursorShown);
    }

    [Fact]
    public void Dispose_Drawing_LeavesNothing()
    {
        var live = new LiveRegion(_console);
        live.Draw((_, _) => Lines("one", "two"));

        live.Dispose();
        live.Above(() => _terminal.WriteLine("after"));

        Assert.Equal(("before\nafter", true), (_terminal.Text, _terminal.IsCursorShown));
    }

    [Fact]
    public void Above_Drawing_KeepsTheTextAndDrawsBelow()
    {
        using var live = new LiveRegion(_console);
        live.Draw((_, _) => Lines("one", "two"));

        live.Above(() => _terminal.WriteLine("a note"));
        live.Draw((_, _) => Lines("three"));

        Assert.Equal("before\na note\nthree", _terminal.Text);
    }

    /// <summary>The terminal echoes Ctrl-C where the cursor is.</summary>
    [Fact]
    public void Draw_AfterCtrlC_ErasesItsEcho()
    {
        using var live = new LiveRegion(_console);
        live.Draw((_, _) => Lines("one", "two"));
        _terminal.Write("^C");

        live.Draw((_, _) => Lines("one", "two"));

        Assert.Equal("before\none\ntwo", _terminal.Text);
    }

    /// <summary>What has left the screen at its top could not be erased.</summary>
    [Fact]
    public void Draw_MoreLinesThanTheTerminal_CutsThemOff()
    {
        using var live = new LiveRegion(_console);

        for (var turn = 0; turn < 3; turn++)
        {
            live.Draw((_, height) =>
            {
                Assert.Equal(5, height);
                return Lines("1", "2", "3", "4", "5", "6", "7");
            });
        }

        Assert.Equal("before\n1\n2\n3\n4\n5", _terminal.Text);
    }

    /// <summary>A terminal that becomes narrower wraps the lines that it shows.</summary>
    [Fact]
    public void Draw_NarrowerTerminal_ErasesTheWrappedLines()
    {
        using var narrow = new FakeTerminal(10, 6);
        narrow.Write("before\n123456789012345678\n");
        var console = Screen.Console(narrow, 20, 6, ColorSystemSupport.NoColors);
        using var live = new LiveRegion(console);
        using var ignored = new StringWriter();
        console.Profile.Out = new AnsiConsoleOutput(ignored);
        console.Profile.Width = 20;
        live.Draw((_, _) => Lines("123456789012345678"));
        console.Profile.Out = new AnsiConsoleOutput(narrow);
        console.Profile.Width = 10;
        console.Profile.Height = 6;

        live.Draw((_, _) => Lines("short"));

        Assert.Equal("before\nshort", narrow.Text);
    }

    private static Rows Lines(params string[] lines) => new(lines.Select(IRenderable (line) => new Text(line)));
}
