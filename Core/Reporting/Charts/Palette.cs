namespace ServerlessFashion.Reporting.Charts;

/// <summary>
/// Colours of the figures. Inside the report's page a colour is a CSS variable, so that figures follow the light or dark theme; in
/// a separate file it is the light theme's value.
/// </summary>
internal static class Palette
{
    public const string Ground = "#ffffff";
    public const string Text = "#1c2430";
    public const string MutedText = "#566072";
    public const string Grid = "#e3e7ee";
    public const string Heat = "#174c93";
    public const string HeatOpposite = "#8f3507";
    public const string OnWeakHeat = "#000000";
    public const string OnStrongHeat = "#ffffff";

    /// <summary>
    /// From this shade on, text in a cell changes from <see cref="OnWeakHeat"/> to <see cref="OnStrongHeat"/>. The heat
    /// colours of both themes are chosen so that each has a contrast of at least 4.5 on its side of the line.
    /// </summary>
    public const double StrongHeat = 0.76;

    private static readonly Ink[] Series = [Ink.Blue, Ink.Orange, Ink.Teal, Ink.Violet, Ink.Amber, Ink.Rose];

    /// <summary>The colour of a model. The six colours repeat after the sixth model.</summary>
    public static Ink Of(ModelGroup group) => Series[group.Index % Series.Length];

    public static string Hex(Ink ink) => ink switch
    {
        Ink.Blue => "#1d5fb4",
        Ink.Orange => "#c2500f",
        Ink.Teal => "#0b7a6f",
        Ink.Violet => "#7444c0",
        Ink.Amber => "#8f6a00",
        Ink.Rose => "#b8286b",
        _ => "#6b7585",
    };

    /// <summary>Name of the CSS variable of the colour in the report's page.</summary>
    public static string Variable(Ink ink) => $"--ink-{ink.ToString().ToLowerInvariant()}";
}
