namespace ServerlessFashion.Export.Tests;

public class OnnxMetadataTests
{
    /// <summary>The keys are a contract with readers of exported files.</summary>
    [Fact]
    public void ToEntries_Metadata_HasTheDocumentedKeys()
    {
        var entries = new OnnxMetadata("r1/model1", "r1", ["a", "\"b\""], "ab12").ToEntries();

        Assert.Equal(["model_id", "run_id", "label_names", "data_sha256", "preprocessing"], entries.Keys);
        Assert.Equal("""["a","\u0022b\u0022"]""", entries["label_names"]);
        Assert.Equal("28x28 grey, garment light on dark ground as in Fashion-MNIST, value / 255", entries["preprocessing"]);
    }

    [Theory]
    [InlineData("model_id")]
    [InlineData("run_id")]
    [InlineData("label_names")]
    [InlineData("data_sha256")]
    public void FromEntries_MissingEntry_IsNamed(string key)
    {
        var entries = Entries();
        entries.Remove(key);

        Assert.Equal(
            $"model.onnx: the model's metadata has no '{key}'; it was not exported by this program.",
            Assert.Throws<InvalidInputException>(() => OnnxMetadata.FromEntries(entries, "model.onnx")).Message);
    }

    [Theory]
    [InlineData("a, b")]
    [InlineData("null")]
    [InlineData("""["a",null]""")]
    [InlineData("""{"a":1}""")]
    [InlineData("[1]")]
    public void FromEntries_LabelNamesThatAreNoStrings_AreRefused(string names)
    {
        var entries = Entries();
        entries["label_names"] = names;

        Assert.Equal(
            $"model.onnx: the model's metadata 'label_names' should be a JSON array of strings, found '{names}'.",
            Assert.Throws<InvalidInputException>(() => OnnxMetadata.FromEntries(entries, "model.onnx")).Message);
    }

    /// <summary>Written by hand, as another program could write it; unknown entries do no harm.</summary>
    [Fact]
    public void FromEntries_EntriesOfAnotherWriter_AreRead()
    {
        var read = OnnxMetadata.FromEntries(Entries(), "model.onnx");

        Assert.Equal(("r1/model1", "r1", "ab12"), (read.ModelId, read.RunId, read.DataSha256));
        Assert.Equal(["Größe", "b"], read.LabelNames);
    }

    private static Dictionary<string, string> Entries() => new()
    {
        ["model_id"] = "r1/model1",
        ["run_id"] = "r1",
        ["label_names"] = """[ "Größe", "b" ]""",
        ["data_sha256"] = "ab12",
        ["author"] = "x",
    };
}
