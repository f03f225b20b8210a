using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Tests;

/// <summary>
/// 200 images with formulas for truth, prediction and logits, so that NumPy, SciPy and scikit-learn can be given the same
/// (Python, i = arange(200), k = arange(5)):
/// <code>
/// truth = (i*7 + i*i//11) % 5
/// pred  = where(i%6==0, (truth+1)%5, where(i%13==0, (truth+3)%5, truth))
/// z     = (3*sin(1.3*i[:,None] + 0.7*k) + 2.0*(k == truth[:,None])).astype(float32)
/// right = [i%4!=0, (i%5!=0)&amp;(i%7!=0), i*i%9!=1, i%3!=0]
/// </code>
/// </summary>
internal static class ReferenceCase
{
    public const int Images = 200;
    public const int Classes = 5;

    public static byte[] Truth { get; } = [.. Enumerable.Range(0, Images).Select(i => (byte)((i * 7 + i * i / 11) % 5))];

    public static byte[] Predicted { get; } =
        [.. Enumerable.Range(0, Images).Select(i => (byte)(i % 6 == 0 ? (Truth[i] + 1) % 5 : i % 13 == 0 ? (Truth[i] + 3) % 5 : Truth[i]))];

    public static ScoredSet Scores { get; } = new(
        [.. Enumerable.Range(0, Images)], Truth,
        [.. Enumerable.Range(0, Images)
            .SelectMany(
            i => Enumerable.Range(0, Classes).Select(k => (float)(3 * Math.Sin(i * 1.3 + k * 0.7) + (k == Truth[i] ? 2 : 0))))]);

    public static bool[][] Right { get; } =
    [
        [.. Enumerable.Range(0, Images).Select(i => i % 4 != 0)],
        [.. Enumerable.Range(0, Images).Select(i => i % 5 != 0 && i % 7 != 0)],
        [.. Enumerable.Range(0, Images).Select(i => i * i % 9 != 1)],
        [.. Enumerable.Range(0, Images).Select(i => i % 3 != 0)],
    ];
}
