using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>A page of its own browser context, with everything that it asked the network for and complained about.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly List<string> _requests = [];
    private readonly List<string> _complaints = [];

    private readonly string? _axe;

    /// <param name="axe">axe-core; null where it is not installed.</param>
    public WatchedPage(IPage page, string? axe)
    {
        (Page, _axe) = (page, axe);
        page.Request += (_, request) => _requests.Add(request.Url);
        page.Console += (_, message) => Complain(
            message.Type is "error" or "warning", $"{message.Type}: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Complain(true, error);
        // A page that shows a dialog of the browser ran a script that it should not have.
        page.Dialog += async (_, dialog) =>
        {
            Complain(true, $"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>URLs asked for, without those inside the page itself (<c>data:</c>).</summary>
    public IReadOnlyList<string> Requests => [.. _requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal))];

    public IReadOnlyList<string> Complaints => _complaints;

    public ILocator this[string selector] => Page.Locator(selector);

    /// <summary>
    /// Waits until the address contains the text. It asks again and again: waiting for the navigation itself misses one that happens
    /// between the look at the address and the start of the wait.
    /// </summary>
    public Task AtAsync(string text) => Assertions.Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(text)));

    /// <summary>How many pixels of the page stand out to the right of the window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");

    /// <summary>
    /// What a reader who cannot see, or has no mouse, would stumble over; empty where there is nothing. axe-core adds its rules where
    /// it is installed; elsewhere the test is skipped at its end.
    /// </summary>
    public async Task<string[]> BarriersAsync()
    {
        var own = await Page.EvaluateAsync<string[]>(Accessibility.Script);
        if (_axe is null)
        {
            Axe.Miss();
            return own;
        }

        await Page.EvaluateAsync(_axe);
        return [.. own, .. await Page.EvaluateAsync<string[]>(Axe.Run)];
    }

    /// <summary>Takes away the browser's own note of an answer of that status, which was wanted.</summary>
    public void Forgive(int status) =>
        _complaints.RemoveAll(
            complaint => complaint.Contains(string.Create(CultureInfo.InvariantCulture, $"status of {status}"), StringComparison.Ordinal));

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private void Complain(bool isBad, string text)
    {
        if (isBad)
        {
            _complaints.Add(text);
        }
    }
}
