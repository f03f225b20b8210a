using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>Drops files on the page Predict of a server that has a champion.</summary>
internal static class PredictionChecks
{
    private const string Markup = "<img src=x onerror=alert(1)>";

    /// <summary>28x28 grey: a square that gets brighter from left to right, on black. Made with Python's zlib and struct.</summary>
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAABwAAAAcCAAAAABXZoBIAAAAKElEQVR42mNgGJRA18zeIzAqOae0"
        + "rn3CzEWrt+w9dn5UclQSXZK+AAD287GvbI+/PQAAAABJRU5ErkJggg==");

    public static async Task RunAsync(WatchedPage page)
    {
        await page["nav a:has-text(\"Predict\")"].ClickAsync();
        await Assertions.Expect(page[".drop"]).ToBeVisibleAsync();
        await CheckPictureAsync(page);
        await CheckTableAsync(page);
        await CheckZipAsync(page);
        await CheckDamagedFileAsync(page);
        Assert.Empty(await page.BarriersAsync());
    }

    /// <summary>The name of the file would be an element if it were read as markup; its ending is wrong.</summary>
    private static async Task CheckPictureAsync(WatchedPage page)
    {
        await DropAsync(page, $"{Markup}.jpg", Png);

        await Assertions.Expect(page[".result h2"]).ToHaveTextAsync($"{Markup}.jpg");
        await Assertions.Expect(page[".answer"]).ToHaveTextAsync(
            new Regex(@"^Brightness quintile \d of 5 \(Class \d\)with \d+\.\d % confidence$"));
        Assert.Equal(5, await page[".bars li"].CountAsync());
        var sum = (await page[".bars .n"].AllInnerTextsAsync()).Sum(text => double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture));
        Assert.InRange(sum, 99.5, 100.5);
        Assert.Equal(0, await page["img[src=x]"].CountAsync());

        // A grey picture of 28x28 is used as it is: the model saw black around the square, and its brightest column last.
        var seen = await page[".pictures canvas"].EvaluateAsync<int[]>(
            "canvas => [...canvas.getContext('2d').getImageData(0, 14, 28, 1).data].filter((_, i) => i % 4 === 0)");
        Assert.Equal(28, seen.Length);
        Assert.Equal(0, seen[0]);
        Assert.Equal(seen.Max(), seen.Last(value => value > 0));
    }

    private static async Task CheckTableAsync(WatchedPage page)
    {
        var csv = $"Id,{string.Join(',', Enumerable.Range(0, 784))}\n"
            + $"7,{string.Join(',', Enumerable.Repeat(9, 784))}\n8,{string.Join(',', Enumerable.Repeat(200, 784))}\n";
        await DropAsync(page, "two.csv", Encoding.UTF8.GetBytes(csv));
        await Assertions.Expect(page[".result tbody th"]).ToHaveTextAsync(["7", "8"]);
    }

    private static async Task CheckZipAsync(WatchedPage page)
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in new[] { "a.png", "b.png" })
            {
                await using var entry = await zip.CreateEntry(name).OpenAsync();
                await entry.WriteAsync(Png);
            }
        }

        await DropAsync(page, "pictures.zip", content.ToArray());
        await Assertions.Expect(page[".result >> nth=0"].Locator("tbody th")).ToHaveTextAsync(["a.png", "b.png"]);
        await Assertions.Expect(page[".result >> nth=0"].Locator("tbody canvas")).ToHaveCountAsync(2);
    }

    private static async Task CheckDamagedFileAsync(WatchedPage page)
    {
        await DropAsync(page, "broken.png", [1, 2, 3]);
        await Assertions.Expect(page[".result .problem"]).ToContainTextAsync("cannot be read as an image");
        page.Forgive(400);
    }

    private static async Task DropAsync(WatchedPage page, string name, byte[] content) => await page.Page.EvaluateAsync(
        """
        ([name, content]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name));
          document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """,
        new[] { name, Convert.ToBase64String(content) });
}
