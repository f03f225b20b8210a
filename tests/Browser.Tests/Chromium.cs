using Microsoft.Playwright;
using ServerlessFashion.Browser.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(ServedDashboard))]
[assembly: SkippedWithoutAxe]
// They share the machine with a training.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace ServerlessFashion.Browser.Tests;

/// <summary>
/// A real Chromium without a window: the program in <c>CHROME_PATH</c>, else the first known name on PATH. Nothing is
/// downloaded; where there is none, the tests are skipped and say so.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    /// <summary>The sandbox needs rights that containers do not give; the pages are our own.</summary>
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } program)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments });
    }

    /// <summary>A new page that keeps what it asks for and what goes wrong in it.</summary>
    internal async Task<WatchedPage> OpenAsync(int width, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(_browser is null, $"There is no browser: set CHROME_PATH, or install one of {string.Join(", ", Names)}.");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en",
            TimezoneId = "UTC",
        });
        return new WatchedPage(await context.NewPageAsync(), Axe.Script);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHROME_PATH") is { Length: > 0 } given)
        {
            return given;
        }

        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + extension))).FirstOrDefault(File.Exists);
    }
}
