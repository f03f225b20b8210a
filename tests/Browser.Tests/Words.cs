using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>Where the lines of a text end.</summary>
internal static class Words
{
    private const string Script = """
        nodes => nodes.flatMap(node => {
          const broken = [];
          const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            // A line may also end after a hyphen.
            for (const word of texts.currentNode.data.matchAll(/[^\s-]+-?/g)) {
              const range = document.createRange();
              range.setStart(texts.currentNode, word.index);
              range.setEnd(texts.currentNode, word.index + word[0].length);
              if (new Set([...range.getClientRects()].map(part => part.top)).size > 1) broken.push(word[0]);
            }
          }
          return broken;
        })
        """;

    /// <summary>The words of these elements that begin on one line and end on another.</summary>
    public static Task<string[]> BrokenAsync(ILocator elements) => elements.EvaluateAllAsync<string[]>(Script);
}
