namespace ServerlessFashion.Browser.Tests;

/// <summary>The texts of charts, which must not cover each other.</summary>
internal static class Labels
{
    /// <summary>
    /// Gives a line for each pair of texts of one chart whose boxes share more than a pixel in every direction. Boxes are turned with
    /// their texts: upright ones around slanted labels would always meet. Expects a selector of the charts.
    /// </summary>
    public const string Overlaps = """
        selector => {
          const boxOf = text => {
            const { x, y, width, height } = text.getBBox();
            const m = text.getScreenCTM();
            return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
              .map(([a, b]) => [m.a * a + m.c * b + m.e, m.b * a + m.d * b + m.f]);
          };
          const shadow = (box, [x, y]) => {
            const places = box.map(corner => corner[0] * x + corner[1] * y);
            return [Math.min(...places), Math.max(...places)];
          };
          // Two rectangles share as much as in the direction of a side in which they share least.
          const shared = (one, other) => Math.min(...[one, other].flatMap(([a, b, c]) => [[a, b], [b, c]]).map(([from, to]) => {
            const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
            const [p, q] = [one, other].map(box => shadow(box, [(to[0] - from[0]) / length, (to[1] - from[1]) / length]));
            return Math.min(p[1], q[1]) - Math.max(p[0], q[0]);
          }));
          return [...document.querySelectorAll(selector)].flatMap(chart => {
            const texts = [...chart.querySelectorAll("text")].filter(text => text.textContent.trim()).map(text =>
              ({ words: text.textContent, box: boxOf(text) }));
            return texts.flatMap((one, i) => texts.slice(i + 1).filter(other => shared(one.box, other.box) > 1).map(other =>
              `${chart.getAttribute("aria-label").slice(0, 60)}: "${one.words}" and "${other.words}" share `
              + `${shared(one.box, other.box).toFixed(1)} pixels`));
          });
        }
        """;

    public static Task<string[]> OverlapsAsync(this WatchedPage page, string charts) =>
        page.Page.EvaluateAsync<string[]>(Overlaps, charts);
}
