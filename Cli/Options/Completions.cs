using System.CommandLine;
using System.CommandLine.Completions;

namespace ServerlessFashion.Cli.Options;

/// <summary>The values that a shell offers for an option.</summary>
internal static class Completions
{
    /// <summary>Offers names.</summary>
    public static Option<T> Completing<T>(this Option<T> option, params IEnumerable<string> names)
    {
        option.CompletionSources.Add([.. names]);
        return option;
    }

    /// <summary>Offers the values of an enumeration, as <see cref="OptionText.Choice"/> reads them.</summary>
    public static Option<string?> Completing<TEnum>(this Option<string?> option) where TEnum : struct, Enum =>
        option.Completing(Enum.GetNames<TEnum>().Select(name => name.ToLowerInvariant()));

    /// <summary>Offers names for each part of a list with commas.</summary>
    public static Option<string?> CompletingList(this Option<string?> option, IEnumerable<string> names)
    {
        option.CompletionSources.Add((CompletionContext context) =>
        {
            var before = context.WordToComplete[..(context.WordToComplete.LastIndexOf(',') + 1)];
            return names.Except(before.Split(',')).Select(name => new CompletionItem(before + name));
        });
        return option;
    }
}
