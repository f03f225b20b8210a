namespace ServerlessFashion.Browser.Tests;

/// <summary>
/// Rules of WCAG 2.2 that a program can check, on what is visible: names of controls (4.1.2), alternatives of pictures (1.1.1),
/// headings and landmarks (1.3.1), header cells, unique ids, language, title, and contrast of text (1.4.3: 4.5, or 3 where it
/// is large).
/// </summary>
internal static class Accessibility
{
    public const string Script = """
        () => {
          const problems = [];
          const shown = node => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
              && node.getClientRects().length > 0;
          const all = selector => [...document.querySelectorAll(selector)].filter(shown);
          const tell = (rule, node) => problems.push(`${rule}: ${node.outerHTML.slice(0, 120)}`);

          if (!document.documentElement.lang) problems.push("the page has no language");
          if (!document.title) problems.push("the page has no title");
          if (all("h1").length !== 1) problems.push(`expected one h1, found ${all("h1").length}`);
          if (document.querySelectorAll("main").length !== 1) problems.push("expected one main landmark");
          let level = 0;
          for (const heading of all("h1, h2, h3, h4")) {
            const next = Number(heading.tagName[1]);
            if (next > level + 1) tell("a heading level is left out", heading);
            level = next;
          }
          const ids = [...document.querySelectorAll("[id]")].map(node => node.id);
          for (const id of ids.filter((id, index) => ids.indexOf(id) !== index)) problems.push(`the id ${id} is used twice`);

          const named = node => node.getAttribute("aria-label")?.trim()
            || (node.getAttribute("aria-labelledby") ?? "").split(" ")
              .map(id => document.getElementById(id)?.textContent ?? "").join("").trim()
            || [...(node.labels ?? [])].map(label => label.textContent).join("").trim();
          for (const field of document.querySelectorAll("input, select, textarea")) if (!named(field)) tell("a field has no label", field);
          for (const control of all("button, a[href], summary"))
            if (!named(control) && !control.textContent.trim()) tell("a control has no name", control);
          for (const image of all("img")) if (!image.hasAttribute("alt")) tell("an image has no alt", image);
          for (const graphic of all("svg:not([aria-hidden=true]):not(svg svg)")) {
            if (graphic.getAttribute("role") === "img" && !named(graphic) && !graphic.querySelector("title"))
              tell("a graphic has no name", graphic);
            if (!graphic.getAttribute("role")) tell("a graphic has no role", graphic);
          }
          for (const table of all("table")) if (!table.querySelector("th[scope]")) tell("a table has no header cells", table);
          for (const named of document.querySelectorAll("[aria-labelledby]")) {
            if (named.getAttribute("aria-labelledby").split(" ").some(id => !document.getElementById(id)))
              tell("a label is missing", named);
          }

          // Mixed colours are computed as color(srgb 0..1 0..1 0..1 / alpha), others as rgb() or rgba() of 0..255.
          const channels = text => (text.match(/[\d.]+/g) ?? [])
            .map((part, i) => Number(part) * (text.startsWith("color(srgb") && i < 3 ? 255 : 1));
          const over = (top, under) => { const alpha = top[3] ?? 1; return [0, 1, 2].map(i => top[i] * alpha + under[i] * (1 - alpha)); };
          const luminance = rgb => rgb.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = node => {
            const layers = [];
            for (let at = node; at; at = at.parentElement) layers.unshift(channels(getComputedStyle(at).backgroundColor));
            return layers.filter(layer => layer.length >= 3).reduce((under, layer) => over(layer, under), [255, 255, 255]);
          };
          for (const node of all("body *:not(svg *):not(option)")) {
            if (![...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim())) continue;
            if (node.closest(".unseen, .skip, :disabled, noscript, canvas")) continue;
            const style = getComputedStyle(node);
            const back = ground(node);
            const [a, b] = [luminance(over(channels(style.color), back)), luminance(back)];
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            const size = parseFloat(style.fontSize);
            const isLarge = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
            if (contrast < (isLarge ? 3 : 4.5)) tell(`contrast ${contrast.toFixed(2)}`, node);
          }
          return [...new Set(problems)];
        }
        """;
}
