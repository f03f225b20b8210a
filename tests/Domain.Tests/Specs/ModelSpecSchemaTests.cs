using ServerlessFashion.Specs;

namespace ServerlessFashion.Domain.Tests.Specs;

public class ModelSpecSchemaTests
{
    /// <summary><c>./fashion models schema > docs/model.schema.json</c> writes the file.</summary>
    [Fact]
    public void Text_PublishedFile_IsTheSame() => Assert.Equal(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "model.schema.json")), ModelSpecSchema.Text);
}
