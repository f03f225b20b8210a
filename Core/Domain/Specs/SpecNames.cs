using System.Text.RegularExpressions;
using ServerlessFashion.Models;

namespace ServerlessFashion.Specs;

/// <summary>The names that a model of a user may have. They are safe in blob paths, table keys and URLs.</summary>
public static partial class SpecNames
{
    /// <summary>Names that mean something else where a model is named, or in the folder of a run.</summary>
    private static readonly string[] Reserved = ["champion", "latest", "report", "schema"];

    /// <summary>How the names of ensembles begin.</summary>
    private const string Ensemble = "ensemble";

    /// <summary>Whether a text has the form of a name.</summary>
    public static bool IsValid(string name) => Form().IsMatch(name);

    /// <exception cref="InvalidInputException">The name has another form, or belongs to a built-in model or an ensemble.</exception>
    public static void Require(string name)
    {
        if (!IsValid(name))
        {
            throw new InvalidInputException(
                $"name: expected 1 to 63 lower-case letters, digits and dashes that begin with a letter or a digit, found '{name}'.");
        }

        if (ModelCatalogue.Find(name) is not null
            || Reserved.Contains(name) || name.StartsWith(Ensemble, StringComparison.Ordinal))
        {
            throw new InvalidInputException($"name: '{name}' is built in; choose another name.");
        }
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
