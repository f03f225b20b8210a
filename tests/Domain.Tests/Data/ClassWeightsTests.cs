using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

public class ClassWeightsTests
{
    /// <summary>
    /// From scikit-learn 1.2.1: <c>compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 0, 0, 1, 1, 1, 2])</c>; by hand
    /// 9 / (3 * 5), 9 / (3 * 3) and 9 / (3 * 1).
    /// </summary>
    [Fact]
    public void Balanced_ThreeClasses_AreThoseOfScikitLearn() =>
        Assert.Equal([.6f, 1, 3], ClassWeights.Balanced([0, 0, 0, 0, 0, 1, 1, 1, 2], classes: 3));

    [Fact]
    public void Balanced_ClassesOfOneSize_AreOne() => Assert.Equal([1, 1], ClassWeights.Balanced([1, 0, 0, 1], classes: 2));

    /// <summary>Two of three classes have images: 4 / (2 * 3) and 4 / (2 * 1).</summary>
    [Fact]
    public void Balanced_ClassWithoutImages_IsNotCounted() =>
        Assert.Equal([2 / 3f, 0, 2], ClassWeights.Balanced([0, 0, 0, 2], classes: 3));
}
