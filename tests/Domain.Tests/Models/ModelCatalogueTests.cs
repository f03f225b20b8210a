using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class ModelCatalogueTests
{
    /// <summary>The names are a contract: requests, blob paths and stored runs use them.</summary>
    [Fact]
    public void All_Models_AreTheDocumentedNamesInOrder() => Assert.Equal(
        [
            "model1", "model3", "model4", "resnet50", "strong", "strong-garments",
            "model4-annealed", "model4-pruned", "model4-slim", "model4-muon", "resnet50-finetuned",
            "resnet18", "resnet18-finetuned", "resnet18-random",
        ],
        ModelCatalogue.All.Select(spec => spec.Name));

    [Fact]
    public void Get_Name_IsTheModel() => Assert.Same(StudyModels.Model3, ModelCatalogue.Get("model3"));

    [Theory]
    [InlineData("model2", "; did you mean model1, model3 or model4? The")]
    [InlineData("Model1", "; did you mean model1? The")]
    [InlineData("transformer", "; the")]
    public void Get_UnknownName_IsRefusedWithTheNames(string name, string question) => Assert.Equal(
        $"models: '{name}' is not a model{question} models are model1, model3, model4, resnet50, strong, strong-garments, "
        + "model4-annealed, model4-pruned, model4-slim, model4-muon, resnet50-finetuned, resnet18, resnet18-finetuned, resnet18-random.",
        Assert.Throws<InvalidInputException>(() => ModelCatalogue.Get(name)).Message);
}
