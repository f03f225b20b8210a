using ServerlessFashion.Models;

namespace ServerlessFashion.Export.Tests;

public class OnnxGraphTests
{
    [Fact]
    public void Take_WeightOfTheShape_GoesIntoTheGraphOnce()
    {
        var graph = Graph(("a.weight", [2, 1], [3, 4]));
        graph.Take("a.weight", 2, 1);

        var initializer = Assert.Single(graph.Build().Initializer);
        Assert.Equal("a.weight", initializer.Name);
        Assert.Equal([2L, 1L], initializer.Dims);
        // 3 and 4 as little-endian IEEE 754.
        Assert.Equal([0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40], initializer.RawData.ToByteArray());
    }

    [Fact]
    public void Read_Weight_DoesNotGoIntoTheGraphButIsUsed()
    {
        var graph = Graph(("scale", [1], [3]));

        Assert.Equal([3f], graph.Read("scale", 1));
        Assert.Empty(graph.Build().Initializer);
    }

    [Theory]
    [InlineData("other", "part: weight 'other' of shape [2] is missing.")]
    [InlineData("a", "part: weight 'a' should have shape [2], found [3] with 3 values.")]
    [InlineData("short", "part: weight 'short' should have shape [2], found [2] with 1 values.")]
    public void Take_MissingOrAnotherShape_NamesWeightAndShape(string name, string message)
    {
        var graph = Graph(("a", [3], [1, 2, 3]), ("short", [2], [1]));

        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => graph.Take(name, 2)).Message);
    }

    [Fact]
    public void Build_WeightThatNothingTook_IsRefusedUnlessPyTorchCountsBatchesInIt()
    {
        Assert.Equal(
            "part: weight 'a' belongs to no layer of the model.",
            Assert.Throws<InvalidInputException>(() => Graph(("a", [1], [1])).Build()).Message);
        Assert.Empty(Graph(("bn.num_batches_tracked", [], [1])).Build().Initializer);
    }

    [Fact]
    public void Include_AnotherGraph_PrefixesEveryNameButTheInput()
    {
        var member = Graph();
        member.AddInput("images", 2);
        member.AddOutput(member.Softmax(member.Add(new OnnxValue("images", [2]), 1, "sum"), "probabilities"));
        var graph = Graph();

        var probabilities = Assert.Single(graph.Include(member.Build(), "m1.")).Value;

        var built = graph.Build();
        Assert.Equal("m1.probabilities", probabilities.Name);
        Assert.Equal([2], probabilities.Shape);
        Assert.Equal(["m1.sum", "m1.probabilities"], built.Node.Select(node => node.Name));
        Assert.Equal(["images", "m1.sum.value"], built.Node[0].Input);
        Assert.Equal(["m1.sum.value"], built.Initializer.Select(initializer => initializer.Name));
    }

    private static OnnxGraph Graph(params (string Name, long[] Shape, float[] Values)[] weights) =>
        new("part", weights.ToDictionary(weight => weight.Name, weight => new WeightTensor(weight.Shape, weight.Values)));
}
