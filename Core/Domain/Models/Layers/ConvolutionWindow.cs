using System.Globalization;

namespace ServerlessFashion.Models;

/// <summary>The square window of a convolution, which every kind of convolution moves over a map in the same way.</summary>
/// <param name="Kernel">Side of the window in pixels.</param>
/// <param name="Stride">Distance between windows in pixels.</param>
internal readonly record struct ConvolutionWindow(int Kernel, int Stride, Padding Padding)
{
    /// <summary>The side of the map that comes out; null where the window does not fit.</summary>
    public int? SideOf(int? side) => (side, Padding) switch
    {
        ({ } pixels, Padding.Valid) when pixels >= Kernel => ((pixels - Kernel) / Stride) + 1,
        ({ } pixels, Padding.Same) when Kernel % 2 == 1 => ((pixels - 1) / Stride) + 1,
        _ => null,
    };

    /// <summary>What the window needs where <see cref="SideOf"/> is null for a map; null if the shape says it.</summary>
    public string? Needs(int? side) =>
        Padding == Padding.Same && Kernel % 2 == 0 ? $"padding same needs an odd kernel, and this one has {Kernel}"
        : side < Kernel ? $"its kernel of {Kernel}x{Kernel} is larger than the map"
        : null;

    /// <summary>For tables: <c>3x3 same stride 2</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kernel}x{Kernel} {(Padding == Padding.Same ? "same" : "valid")}{(Stride == 1 ? "" : $" stride {Stride}")}");
}
