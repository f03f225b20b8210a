namespace ServerlessFashion.Reporting.Charts;

/// <summary>The colours of a drawing, each as an SVG attribute value.</summary>
internal sealed record ChartTheme
{
    private readonly Func<Ink, string> _ink;

    private ChartTheme(Func<Ink, string> ink) => _ink = ink;

    /// <summary>CSS variables of the report's page, so that the figure follows its light or dark theme.</summary>
    public static ChartTheme Page { get; } = new(ink => $"var({Palette.Variable(ink)})")
    {
        Ground = "var(--surface)",
        Text = "var(--text)",
        MutedText = "var(--muted)",
        Grid = "var(--grid)",
        Heat = "var(--heat)",
        HeatOpposite = "var(--heat-opposite)",
        OnWeakHeat = "var(--on-weak-heat)",
        OnStrongHeat = "var(--on-strong-heat)",
    };

    /// <summary>The values of the light theme, for a file of its own.</summary>
    public static ChartTheme Light { get; } = new(Palette.Hex)
    {
        Ground = Palette.Ground,
        Text = Palette.Text,
        MutedText = Palette.MutedText,
        Grid = Palette.Grid,
        Heat = Palette.Heat,
        HeatOpposite = Palette.HeatOpposite,
        OnWeakHeat = Palette.OnWeakHeat,
        OnStrongHeat = Palette.OnStrongHeat,
    };

    public required string Ground { get; init; }

    public required string Text { get; init; }

    public required string MutedText { get; init; }

    public required string Grid { get; init; }

    public required string Heat { get; init; }

    public required string HeatOpposite { get; init; }

    public required string OnWeakHeat { get; init; }

    public required string OnStrongHeat { get; init; }

    public string Of(Ink ink) => _ink(ink);
}
