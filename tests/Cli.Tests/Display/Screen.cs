using Spectre.Console;
using Spectre.Console.Rendering;

namespace ServerlessFashion.Cli.Tests.Display;

/// <summary>
/// Screens as approved by a person, in <c>Approved/</c>. When one changes on purpose, look at the <c>.received.txt</c> that the failing
/// test names and copy it over the approved file.
/// </summary>
internal static class Screen
{
    /// <summary>What a terminal of this width shows, without colour and bold letters.</summary>
    public static string Show(IRenderable drawing, int width)
    {
        using var text = new StringWriter();
        Console(text, width, 24, ColorSystemSupport.NoColors, AnsiSupport.No).Write(drawing);
        return string.Join('\n', text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())) + "\n";
    }

    public static IAnsiConsole Console(
        TextWriter writer, int width, int height, ColorSystemSupport colours, AnsiSupport codes = AnsiSupport.Yes)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = codes,
            ColorSystem = colours,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    public static void AssertApproved(string name, string received)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Approved");
        Directory.CreateDirectory(folder);
        var receivedPath = Path.Combine(folder, $"{name}.received.txt");
        File.WriteAllText(receivedPath, received);
        var approved = Path.Combine(folder, $"{name}.txt");
        Assert.True(File.Exists(approved), $"There is no approved {name}.txt; the screen stands in {receivedPath}.");
        Assert.Equal(File.ReadAllText(approved), received);
    }
}
