using ServerlessFashion.Models;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Cli.Input;

/// <summary>The models that an option names, and the specs of those that it names by a file.</summary>
internal sealed record NamedModels(IReadOnlyList<string> Names, IReadOnlyList<ModelSpec>? Specs)
{
    /// <summary>Reads names and paths of JSON files, separated by commas.</summary>
    /// <exception cref="InvalidInputException">A file cannot be read, or it is no model that can be trained.</exception>
    public static NamedModels? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var names = new List<string>();
        var specs = new List<ModelSpec>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.EndsWith(ModelSpecFile.Ending, StringComparison.OrdinalIgnoreCase))
            {
                specs.Add(SpecFile.Read(part));
                names.Add(specs[^1].Name);
            }
            else
            {
                names.Add(part);
            }
        }

        return new NamedModels(names, specs.Count == 0 ? null : specs);
    }
}
