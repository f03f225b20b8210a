using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace ServerlessFashion.Specs;

/// <summary>The numbers that a field of a model spec may have, from its <see cref="RangeAttribute"/>.</summary>
internal sealed record NumberRange(double Least, double Most, bool ExcludesLeast, bool ExcludesMost, bool IsWhole)
{
    /// <summary>The range of a field; null if it has none.</summary>
    public static NumberRange? Of(PropertyInfo field) => field.GetCustomAttribute<RangeAttribute>() is { } range
        ? new NumberRange(
            Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture),
            range.MinimumIsExclusive, range.MaximumIsExclusive, range.OperandType == typeof(int))
        : null;

    /// <summary>False for NaN too.</summary>
    public bool Contains(double value) =>
        (ExcludesLeast ? value > Least : value >= Least) && (ExcludesMost ? value < Most : value <= Most);

    /// <summary>The range in words, such as <c>a whole number from 2 to 65536</c> or <c>a number above 0 and at most 10</c>.</summary>
    public override string ToString()
    {
        var least = ExcludesLeast ? "above" : "from";
        var most = ExcludesMost ? "to below" : ExcludesLeast ? "and at most" : "to";
        return string.Create(CultureInfo.InvariantCulture, $"a {(IsWhole ? "whole " : "")}number {least} {Least} {most} {Most}");
    }
}
