namespace ServerlessFashion.Containers.Tests.Files;

/// <summary>The readers of these tests, on examples from the reference of Dockerfiles.</summary>
public sealed class FileParsingTests
{
    private const string Example = """
        # comment
        ARG BASE=debian:12
        FROM ${BASE} AS build
        RUN one && \
            # a comment between continued lines
            two
        copy --from=other --chown=1:2 a b/ /target/
        ENV A=1 B="two words"
        FROM scratch
        CMD ["echo", "a b"]
        """;

    [Fact]
    public void Parse_StagesAndContinuedLines_AreJoinedAndNamed()
    {
        var file = Dockerfile.Parse(Example);

        Assert.Equal([("debian:12", "build"), ("scratch", null)], file.Stages.Select(stage => (stage.Image, stage.Name)));
        Assert.Equal(["one", "&&", "two"], file.Stages[0].Instructions[0].Words);
        Assert.Equal((4, 7), (file.Stages[0].Instructions[0].Line, file.Stages[0].Instructions[1].Line));
    }

    [Fact]
    public void Parse_FlagsPairsAndJson_AreSeparated()
    {
        var file = Dockerfile.Parse(Example);

        var copy = file.Stages[0].All("COPY").Single();
        Assert.Equal(("other", "1:2"), (copy.Flag("from"), copy.Flag("chown")));
        Assert.Equal(["a", "b/", "/target/"], copy.Words);
        Assert.Equal("two words", file.Stages[0].Environment("B"));
        Assert.Equal(["echo", "a b"], file.Final.All("CMD").Single().Words);
    }

    [Theory]
    [InlineData("README.md", false)]
    [InlineData("host.json", true)]
    [InlineData("Core/a/b.cs", true)]
    [InlineData("Core/bin/b.dll", false)]
    [InlineData("Core/a/bin/b.dll", false)]
    [InlineData("build/x.targets", true)]
    [InlineData("build/x.sh", false)]
    [InlineData("build/a/x.targets", false)]
    public void LetsIn_LaterPattern_Decides(string path, bool expected)
    {
        var file = IgnoreFile.Parse("# comment\n*\n!host.json\n!/Core/\n!build/*.targets\n\n**/bin\n");

        Assert.Equal(expected, file.LetsIn(path));
    }
}
