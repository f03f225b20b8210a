using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

/// <summary>Contrast as WCAG 2.2 defines it: (lighter + 0.05) / (darker + 0.05) of relative luminances.</summary>
public sealed class PaletteTests
{
    [Fact]
    public void Inks_OnTheLightGround_HaveTheContrastOfText() =>
        Assert.All(Enum.GetValues<Ink>(), ink =>
        {
            var contrast = Contrast(Palette.Hex(ink), Palette.Ground);
            Assert.True(contrast >= 4.5, $"{ink}: {contrast:0.00}");
        });

    [Fact]
    public void Of_SevenModels_RepeatsTheFirstOfSixColours() => Assert.Equal(
        [Ink.Blue, Ink.Orange, Ink.Teal, Ink.Violet, Ink.Amber, Ink.Rose, Ink.Blue],
        Enumerable.Range(0, 7).Select(index => Palette.Of(new ModelGroup("m", "M", index, []))));

    [Theory]
    [InlineData(Palette.Heat)]
    [InlineData(Palette.HeatOpposite)]
    public void Cells_AnyShade_HaveReadableText(string heat) =>
        Assert.All(Enumerable.Range(0, 101).Select(i => i / 100.0), shade =>
        {
            var contrast = Contrast(OnLightGround(heat, shade), shade > Palette.StrongHeat ? Palette.OnStrongHeat : Palette.OnWeakHeat);
            Assert.True(contrast >= 4.5, $"{shade}: {contrast:0.00}");
        });

    [Fact]
    public void Contrast_BlackOnWhite_IsTwentyOne() => Assert.Equal(21, Contrast("#000000", "#ffffff"), 6);

    /// <summary>The colour of a cell: <paramref name="heat"/> over white with an opacity of 0..1.</summary>
    private static string OnLightGround(string heat, double opacity)
    {
        var channels = Convert.FromHexString(heat[1..]).Select(channel => (byte)Math.Round(255 + ((channel - 255) * opacity)));
        return $"#{Convert.ToHexStringLower([.. channels])}";
    }

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + .05) / (Math.Min(x, y) + .05);
    }

    private static double Luminance(string hex)
    {
        var channels = Convert.FromHexString(hex[1..]).Select(c => c / 255.0)
            .Select(c => c <= .04045 ? c / 12.92 : Math.Pow((c + .055) / 1.055, 2.4)).ToArray();
        return .2126 * channels[0] + .7152 * channels[1] + .0722 * channels[2];
    }
}
