using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

public class LabelledImagesTests
{
    private static readonly LabelledImages Images = new(
        [.. Enumerable.Repeat((byte)1, 784), .. Enumerable.Repeat((byte)2, 784), .. Enumerable.Repeat((byte)255, 784)],
        Labels: [4, 3, 2], Garments: [9, 8, 7], Ids: [10, 20, 30]);

    [Fact]
    public void Select_RowsInAnotherOrder_CopiesAllThatBelongsToThem()
    {
        var selected = Images.Select([2, 0, 2]);

        Assert.Equal([255, 1, 255], Enumerable.Range(0, 3).Select(row => selected.Image(row)[783]));
        Assert.Equal([2, 4, 2], selected.Labels);
        Assert.Equal([7, 9, 7], selected.Garments);
        Assert.Equal([30, 10, 30], selected.Ids);
    }

    [Fact]
    public void Select_Rows_LeavesTheOriginalUntouched()
    {
        Images.Select([1]).Pixels[0] = 77;

        Assert.Equal(2, Images.Image(1)[0]);
    }

    /// <summary>Images of 2 x 2 pixels with three channels have twelve bytes.</summary>
    [Fact]
    public void Select_ColourImages_CopiesWholeImages()
    {
        var images = new LabelledImages([.. Enumerable.Range(0, 24).Select(value => (byte)value)], [0, 1], [0, 1], [5, 6])
        {
            Shape = new ImageShape(2, ImageShape.Colour),
        };

        var selected = images.Select([1]);

        Assert.Equal([.. Enumerable.Range(12, 12).Select(value => (byte)value)], selected.Pixels);
        Assert.Equal(images.Shape, selected.Shape);
    }

    /// <summary>By hand: 784 times 1, 2 and 255.</summary>
    [Fact]
    public void Brightness_Images_IsTheSumOfTheirGreyValues() => Assert.Equal([784f, 1568f, 199_920f], Images.Brightness());
}
