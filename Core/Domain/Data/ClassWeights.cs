namespace ServerlessFashion.Data;

/// <summary>
/// Weights of the classes in a training loss, so that a rare class counts as much as a frequent one: n / (classes * n of the class), the
/// formula that scikit-learn calls "balanced". It follows King and Zeng, "Logistic Regression in Rare Events Data", Political Analysis
/// 9 (2), 2001.
/// </summary>
public static class ClassWeights
{
    /// <summary>The weights for these training labels. Over all images their mean is 1.</summary>
    /// <param name="labels">One label for each training image.</param>
    /// <param name="classes">Number of classes; the labels are below it.</param>
    /// <returns>One weight for each class, in label order. A class without images has the weight 0 and is not counted.</returns>
    public static float[] Balanced(ReadOnlySpan<byte> labels, int classes)
    {
        var images = new int[classes];
        foreach (var label in labels)
        {
            images[label]++;
        }

        var present = images.Count(count => count > 0);
        var all = labels.Length;
        return Array.ConvertAll(images, count => count == 0 ? 0 : (float)((double)all / ((double)present * count)));
    }
}
