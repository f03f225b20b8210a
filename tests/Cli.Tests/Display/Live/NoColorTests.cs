using System.Text.RegularExpressions;
using ServerlessFashion.Datasets;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Display.Live;

/// <summary>The variable NO_COLOR (https://no-color.org) in a true terminal, which the program <c>script</c> of util-linux gives.</summary>
public sealed partial class NoColorTests(StorageFixture storage) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("NO_COLOR=1", false)]
    [InlineData("-u NO_COLOR", true)]
    public async Task Compare_InATerminal_HasColoursUnlessNoColorIsSet(string variable, bool hasColours)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "Needs /usr/bin/script of util-linux.");
        Assert.SkipUnless(FashionMnistFiles.AreIn("/usr/share/datasets/fashion-mnist"), "Needs the package dataset-fashion-mnist.");

        var result = await FashionProgram.RunScriptAsync(
            await storage.NewAccountAsync(),
            $$"""
            export SHELL=/bin/sh TERM=xterm-256color COLORTERM=truecolor
            script -qec 'stty cols 120 rows 40; exec env {{variable}} "$FASHION" compare --preset smoke --models model1 \
              --epochs model1=1 --output "{{_folder.Path}}/report"' /dev/null </dev/null
            """);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        // The live table hides the cursor.
        Assert.Contains("\u001b[?25l", result.Output, StringComparison.Ordinal);
        Assert.Contains("completed: 1 of 1 training done", result.Output, StringComparison.Ordinal);
        Assert.Equal(hasColours, Colour().IsMatch(result.Output));
    }

    /// <summary>SGR codes of a colour (ECMA-48, section 8.3.117): 30 to 49 and 90 to 107 but 39 and 49, which end one.</summary>
    [GeneratedRegex(@"\u001b\[(\d+;)*(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;\d+)*m")]
    private static partial Regex Colour();
}
