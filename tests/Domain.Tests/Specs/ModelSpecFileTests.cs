using System.Text;
using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Domain.Tests.Specs;

public class ModelSpecFileTests
{
    private const string Mine =
        """
        {
          "$schema": "./model.schema.json",
          "name": "mine",
          "layers": [
            { "kind": "conv2D", "filters": 16, "kernel": 3, "padding": "same" },
            { "kind": "maxPool2D", "size": 2 },
            { "kind": "flatten" },
            { "kind": "dense", "units": 16 }
          ],
          "phases": [{ "epochs": 1, "learningRate": 0.002 }]
        }
        """;

    public static TheoryData<string> BuiltIn => [.. ModelCatalogue.All.Select(spec => spec.Name)];

    [Fact]
    public void Read_FieldsLeftOut_HaveDefaults()
    {
        var spec = Read(Mine);

        Assert.Equal(("mine", "mine", "A model from a file.", 128), (spec.Name, spec.Title, spec.Description, spec.BatchSize));
        Assert.Equal(InputTransform.Grey28, spec.Input);
        Assert.Equal([new TrainingPhase("phase 1", 1, .002, TrainableLayers.All)], spec.Phases);
        Assert.Equal(
            [new Conv2D(16, 3, Padding.Same), new MaxPool2D(2), new Flatten(), new Dense(16)], spec.Layers);
    }

    /// <summary>Copying a built-in model is the start of a new one.</summary>
    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Read_JsonOfABuiltInModelWithAnotherName_IsThatModel(string name)
    {
        var json = JsonSerializer.Serialize(ModelCatalogue.Get(name) with { Name = "copy" }, Json.Indented);

        Assert.Equal(json, JsonSerializer.Serialize(Read(json), Json.Indented));
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() =>
        Assert.Equal("mine", ModelSpecFile.Read("mine.json", (byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Mine)]).Name);

    [Theory]
    [InlineData("conv2D", "conv2d", "model mine: layer 1: 'conv2d' is not a kind; did you mean conv2D? The kinds are ")]
    [InlineData("\"kernel\": 3, \"padding\": \"same\"",
        "\"kernel\": 3, \"padding\": \"valid\", \"stride\": 64 }, "
        + "{ \"kind\": \"conv2D\", \"filters\": 16, \"kernel\": 3, \"padding\": \"valid\"",
        "model mine: layer 2 (conv2d_1) cannot take features of shape (None, 1, 1, 16); its kernel of 3x3 is larger than the map.")]
    [InlineData("{ \"kind\": \"flatten\" },", "",
        "model mine: layer 3 (dense) cannot take features of shape (None, 14, 14, 16); it needs flat features: put a flatten or "
        + "globalAveragePooling2D layer before it.")]
    [InlineData("\"size\": 2", "\"size\": 2 }, { \"kind\": \"maxPool2D\", \"size\": 60",
        "model mine: layer 3 (max_pooling2d_1) cannot take features of shape (None, 14, 14, 16); its window of 60x60 is larger than "
        + "the map.")]
    [InlineData("\"kernel\": 3,", "", "model mine: layer 1 (conv2D): missing fields: 'kernel'.")]
    [InlineData("\"name\": \"mine\",", "", "model spec: the spec: missing fields: 'name'.")]
    [InlineData("0.002", "-1", "model mine: phase 'phase 1': learningRate: expected a number above 0 and at most 10, found -1.")]
    [InlineData("0.002", "\"NaN\"", "model mine: phase 'phase 1': learningRate: expected a number above 0 and at most 10, found NaN.")]
    [InlineData("0.002", "NaN", "not usable as JSON at line 10, byte 45: ")]
    [InlineData("\"epochs\": 1", "\"epochs\": 0", "phases of mine: expected at least one epoch, found none.")]
    [InlineData("\"epochs\": 1", "\"epoch\": 1, \"epochs\": 1",
        "model mine: phase 1, epoch: there is no field 'epoch'; did you mean epochs?")]
    [InlineData("\"name\": \"mine\",", "\"name\": \"mine\", \"batchsize\": 32,",
        "model mine: batchSize: there is no field 'batchsize'; did you mean batchSize?")]
    [InlineData("\"units\"", "\"unit\"", "model mine: layer 4 (dense): there is no field 'unit'; did you mean units?")]
    [InlineData("\"units\": 16", "\"units\": 16, \"baseName\": \"x\"", "model mine: layer 4 (dense): there is no field 'baseName'.")]
    [InlineData("\"size\": 2", "\"size\": 2, \"size\": 3", "model mine: layer 2 (maxPool2D): 'size' is given twice.")]
    [InlineData("\"mine\"", "\"../x\"", "name: expected 1 to 63 lower-case letters, digits and dashes")]
    [InlineData("\"mine\"", "\"my model\"", "name: expected 1 to 63 lower-case letters, digits and dashes")]
    [InlineData("\"mine\"", "\"schön\"", "name: expected 1 to 63 lower-case letters, digits and dashes")]
    [InlineData("\"mine\"", "\"model4\"", "name: 'model4' is built in; choose another name.")]
    [InlineData("\"mine\"", "\"ensemble\"", "name: 'ensemble' is built in; choose another name.")]
    [InlineData("\"units\": 16", "\"units\": 1600000",
        "model mine: layer 4 (dense): units: expected a whole number from 1 to 16384, found 1600000.")]
    [InlineData("\"filters\": 16", "\"filters\": 6",
        "model mine: the filters of a convolution should be a multiple of 16, found 6 in conv2d.")]
    // 128 images of 28 x 28 x 16,384 features of 4 bytes take 6.1 GiB, and half as much after the pooling and flattened again.
    [InlineData("\"filters\": 16", "\"filters\": 16384", "model mine: it has 51,5")]
    [InlineData("\"layers\": [", "\"layers\": [[[[[[[[[[[[[[[[[[[[", "not usable as JSON at line 4, byte ")]
    [InlineData("\"filters\": 16", "\"filters\": \"many\"", "model mine: layer 1 (conv2D): 'filters' cannot be \"many\".")]
    [InlineData("\"filters\": 16", "\"filters\": 8.5", "model mine: layer 1 (conv2D): 'filters' cannot be 8.5.")]
    [InlineData("\"filters\": 16", "\"filters\": 2147483648", "model mine: layer 1 (conv2D): 'filters' cannot be 2147483648.")]
    public void Read_BadModel_IsRefusedInASentence(string found, string replacement, string message)
    {
        var changed = Mine.Replace(found, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Mine, changed);

        Assert.StartsWith(
            $"mine.json: {message}", Assert.Throws<InvalidInputException>(() => Read(changed)).Message, StringComparison.Ordinal);
    }

    /// <summary>An ensemble and a model of one name would share a folder of a run.</summary>
    [Fact]
    public void Read_NameOfAnEnsemble_IsRefused() => Assert.All(
        EnsembleConfiguration.All, ensemble => Assert.Throws<InvalidInputException>(
            () => Read(Mine.Replace("\"mine\"", $"\"{ensemble.Name}\"", StringComparison.Ordinal))));

    [Fact]
    public void Read_ResidualBlock_KeepsItsPartsInOrder()
    {
        const string Block = "{ \"kind\": \"residualBlock\", \"layers\": [{ \"kind\": \"depthwiseConv2D\", \"kernel\": 3, \"padding\": "
            + "\"same\" }, { \"kind\": \"dropout\", \"rate\": 0.5 }] }, { \"kind\": \"flatten\" }";

        var spec = Read(Mine.Replace("{ \"kind\": \"flatten\" }", Block, StringComparison.Ordinal));

        Assert.Equal(new ResidualBlock([new DepthwiseConv2D(3, Padding.Same), new Dropout(.5)]), spec.Layers[2]);
        Assert.StartsWith(
            "mine.json: model mine: layer 3: layer 1: 'depthwise' is not a kind; did you mean depthwiseConv2D?",
            Refused(Block.Replace("depthwiseConv2D", "depthwise", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith(
            "mine.json: model mine: layer 3 (residual_block): dropout: rate: expected a number from 0 to below 1, found 1.",
            Refused(Block.Replace("0.5", "1", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(
            "mine.json: model mine: layer 3 (residual_block) cannot take features of shape (None, 14, 14, 16); its layer 1 "
            + "(depthwise_conv2d) cannot take features of shape (None, 14, 14, 16): its kernel of 63x63 is larger than the map.",
            Refused(Block.Replace("3, \"padding\": \"same\"", "63, \"padding\": \"valid\"", StringComparison.Ordinal)));

        static string Refused(string block) => Assert.Throws<InvalidInputException>(
            () => Read(Mine.Replace("{ \"kind\": \"flatten\" }", block, StringComparison.Ordinal))).Message;
    }

    /// <summary>Pruning cannot remove channels that a shortcut reads too.</summary>
    [Fact]
    public void Read_WideLayersWithABlock_AreRefused()
    {
        const string Layers =
            """[{"kind": "residualBlock", "layers": [{"kind": "dropout", "rate": 0.5}]}, {"kind": "flatten"}]""";

        var refused = Assert.Throws<InvalidInputException>(
            () => Read($$"""{"name": "mine", "layers": {{Layers}}, "wideLayers": {{Layers}} }"""));

        Assert.Equal("mine.json: model mine: wideLayers: channels cannot be removed from a residual block.", refused.Message);
    }

    /// <summary>A window of 40 pixels fits images of 64 pixels, so a data set of such images can use the model.</summary>
    [Fact]
    public void Read_ModelForLargerImages_IsAccepted()
    {
        var spec = Read(Mine.Replace("\"size\": 2", "\"size\": 40", StringComparison.Ordinal));

        Assert.Equal(new ImageShape(64, 1), ModelSpecFile.UsualLabels(spec).Images);
        Assert.Equal(new ImageShape(28, 1), ModelSpecFile.UsualLabels(Read(Mine)).Images);
    }

    [Fact]
    public void Read_LargeFile_IsRefused() => Assert.Equal(
        "mine.json: expected a model of at most 256 KiB, found more.",
        Assert.Throws<InvalidInputException>(() => Read(Mine + new string(' ', 256 << 10))).Message);

    private static ModelSpec Read(string json) => ModelSpecFile.Read("mine.json", Encoding.UTF8.GetBytes(json));
}
