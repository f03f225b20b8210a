using System.Numerics;

namespace ServerlessFashion.Evaluation;

/// <summary>Finds the highest of a row's values.</summary>
public static class ArgMax
{
    /// <summary>
    /// Index of the highest value, the first among equals. NaN never wins; a row that holds nothing else gives 0.
    /// (TensorPrimitives.IndexOfMax gives the index of the first NaN.)
    /// </summary>
    /// <param name="values">At least one.</param>
    public static int Of<T>(ReadOnlySpan<T> values)
        where T : IFloatingPointIeee754<T>
    {
        var highest = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[highest] || T.IsNaN(values[highest]))
            {
                highest = i;
            }
        }

        return T.IsNaN(values[highest]) ? 0 : highest;
    }
}
