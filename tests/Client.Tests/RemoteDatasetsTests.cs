using System.Net;
using ServerlessFashion.Data;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Client.Tests;

public sealed class RemoteDatasetsTests : IDisposable
{
    private const string Pets = """
        {"name":"pets","side":28,"channels":1,"classes":["cat","dog"],"trainPerClass":[4,2],"testPerClass":[],"trainCount":6,"testCount":0,
        "sha256":"00ff","preparation":{"medianWidth":40,"medianHeight":30,"isGrey":true,"resampling":"area","lightOnDark":null},
        "findings":[{"kind":"otherFiles","count":1,"names":["notes.md"],"message":"One."}],"createdAt":"2026-11-01T12:00:00+00:00",
        "imageBytes":784,"imagesPerChunk":42799}
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_File_SendsItWithTheOptionsInTheQuery()
    {
        var path = _folder.File("pets.csv");
        await File.WriteAllTextAsync(path, "label,pixel0\n", Cancellation);
        using var server = new FakeServer().Answer(HttpStatusCode.Created, "application/json", Pets);
        var request = new ImportRequest("pets")
        {
            Size = 28,
            IsColour = false,
            Labels = ["cat, small", "dog"],
            IsStrict = true,
            Replaces = true,
        };

        var set = await new RemoteDatasets(server.Connect()).AddAsync(request, path, progress: null, Cancellation);

        Assert.Equal(("pets", 6, "notes.md"), (set.Name, set.TrainCount, set.Findings[0].Names[0]));
        var sent = Assert.Single(server.Requests);
        Assert.Equal(
            "POST /api/datasets?name=pets&size=28&colours=grey&labels=cat%2C%20small%0Adog%0A&strict=true&replace=true", sent.Line);
        Assert.Equal("label,pixel0\n", sent.Body);
    }

    /// <summary>The server knows the file as the body of the request.</summary>
    [Theory]
    [InlineData("body: its 3 images are too large.", "FILE: its 3 images are too large.")]
    [InlineData("body: refused as strict: 1 image repeats another (body line 5).",
        "FILE: refused as strict: 1 image repeats another (FILE line 5).")]
    [InlineData("size: expected a whole number, found 'body: x'.", "size: expected a whole number, found 'body: x'.")]
    public async Task Add_RefusedFile_IsNamedInTheMessage(string answer, string expected)
    {
        var path = _folder.File("pets.csv");
        await File.WriteAllTextAsync(path, "label,pixel0\n", Cancellation);
        using var server = new FakeServer().AnswerProblem(HttpStatusCode.BadRequest, answer);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => new RemoteDatasets(server.Connect()).AddAsync(new ImportRequest("pets"), path, progress: null, Cancellation));

        Assert.Equal(expected.Replace("FILE", path, StringComparison.Ordinal), refused.Message);
    }

    [Fact]
    public async Task Add_Folder_SendsAZipOfIt()
    {
        Directory.CreateDirectory(_folder.File("cat"));
        await File.WriteAllTextAsync(_folder.File("cat/1.png"), "picture", Cancellation);
        using var server = new FakeServer().Answer(HttpStatusCode.Created, "application/json", Pets);

        await new RemoteDatasets(server.Connect()).AddAsync(new ImportRequest("pets"), _folder.Path, progress: null, Cancellation);

        // The body begins with the signature of a ZIP and holds the path of the file.
        var sent = Assert.Single(server.Requests);
        Assert.Equal("POST /api/datasets?name=pets", sent.Line);
        Assert.StartsWith("PK", sent.Body, StringComparison.Ordinal);
        Assert.Contains("cat/1.png", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_BadName_IsRefusedBeforeAnythingIsSent()
    {
        using var server = new FakeServer().AnswerJson(Pets);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => new RemoteDatasets(server.Connect()).AddAsync(new ImportRequest("My Pets"), _folder.Path, progress: null, Cancellation));

        Assert.StartsWith("name: expected 1 to 63 lower-case letters", refused.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task List_TwoPages_GivesTheSetsOfBoth()
    {
        using var server = new FakeServer()
            .AnswerJson($$"""{"items":[{{Pets}}],"continuation":"bmV4dA"}""")
            .AnswerJson($$"""{"items":[{{Pets.Replace("pets", "toys", StringComparison.Ordinal)}}],"continuation":null}""");

        var sets = await new RemoteDatasets(server.Connect()).ListAsync(Cancellation);

        Assert.Equal(["pets", "toys"], sets.Select(set => set.Name));
        Assert.Equal("GET /api/datasets?top=100&continuation=bmV4dA", server.Requests[^1].Line);
    }

    [Fact]
    public async Task Remove_Set_SendsADelete()
    {
        using var server = new FakeServer().Answer(HttpStatusCode.NoContent);

        await new RemoteDatasets(server.Connect()).RemoveAsync("pets", force: false, Cancellation);

        Assert.Equal("DELETE /api/datasets/pets", Assert.Single(server.Requests).Line);
    }

    public void Dispose() => _folder.Dispose();
}
