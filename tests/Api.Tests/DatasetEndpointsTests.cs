using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class DatasetEndpointsTests(AzuriteFixture azurite)
{
    /// <summary>Two classes of 2 x 2 pixels with three images, one of them in both classes.</summary>
    private const string Csv = "label,pixel0,pixel1,pixel2,pixel3\ncat,1,2,3,4\ncat,5,6,7,8\ndog,9,10,11,12\ndog,1,2,3,4\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Csv_RegistersItAndListsItAfterTheBuiltInSet()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        using var response = await server.Http.PostAsync("datasets?name=pets&size=8&labels=Cat,Dog", Content(Csv), Cancellation);
        var set = await Task.FromResult(response).JsonAsync(HttpStatusCode.Created);
        var list = await server.Http.GetAsync("datasets", Cancellation).JsonAsync();
        var first = await server.Http.GetAsync("datasets?top=1", Cancellation).JsonAsync();
        var second = await server.Http.GetAsync($"datasets?continuation={first.Text("continuation")}", Cancellation).JsonAsync();

        Assert.Equal("/api/datasets/pets", response.Headers.Location!.OriginalString);
        Assert.Equal(("pets", 8, 4), (set.Text("name"), set.GetProperty("side").GetInt32(), set.GetProperty("trainCount").GetInt32()));
        Assert.Equal(["Cat", "Dog"], set.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["fashion-mnist", "pets"], list.Texts("items", "name"));
        Assert.Equal(["fashion-mnist"], first.Texts("items", "name"));
        Assert.Equal(["pets"], second.Texts("items", "name"));
        Assert.Equal(["duplicatesWithinPart", "conflictingLabels"], set.Texts("findings", "kind"));
        Assert.Equal(set.ToString(), (await server.Http.GetAsync("datasets/pets", Cancellation).JsonAsync()).ToString());
    }

    [Fact]
    public async Task Post_ZipOfPictures_RegistersTheColoursOfTheShapes()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        var zip = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "shapes.zip"), Cancellation);

        var set = await server.Http.PostAsync("datasets?name=shapes", Content(zip), Cancellation).JsonAsync(HttpStatusCode.Created);

        Assert.Equal((32, 3), (set.GetProperty("side").GetInt32(), set.GetProperty("channels").GetInt32()));
        Assert.Equal(["circle", "square", "triangle"], set.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal([20, 20, 20], set.GetProperty("trainPerClass").EnumerateArray().Select(count => count.GetInt32()));
        Assert.Equal(0, set.GetProperty("findings").GetArrayLength());
    }

    /// <summary>The bytes after the signature and the length are the header of a PNG: 8 x 8 pixels of 8 bits, grey.</summary>
    [Fact]
    public async Task GetImages_NoRows_GivesTheFirstOfEachClassAsPng()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.Http.PostAsync("datasets?name=pets&size=8", Content(Csv), Cancellation).JsonAsync(HttpStatusCode.Created);

        var all = await server.Http.GetAsync("datasets/pets/images", Cancellation).JsonAsync();
        var two = await server.Http.GetAsync("datasets/pets/images?rows=3,0", Cancellation).JsonAsync();
        var builtIn = await server.Http.GetAsync("datasets/fashion-mnist/images", Cancellation).JsonAsync();

        Assert.Equal(["cat", "cat", "dog", "dog"], all.Texts("items", "labelName"));
        Assert.Equal([3, 0], two.GetProperty("items").EnumerateArray().Select(image => image.GetProperty("row").GetInt32()));
        var png = all.GetProperty("items")[0].GetProperty("png").GetBytesFromBase64();
        Assert.Equal([0x89, .. "PNG\r\n"u8], png[..6]);
        Assert.Equal([.. "IHDR"u8, 0, 0, 0, 8, 0, 0, 0, 8, 8, 0], png[12..26]);
        Assert.Equal(0, builtIn.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("datasets/pets/images?rows=4", "rows: 4 is no row of the part, which has 4.")]
    [InlineData("datasets/pets/images?rows=1,x", "rows: expected whole numbers from 0, separated by commas, found 'x'.")]
    [InlineData("datasets/pets/images?part=test&rows=0", "rows: 0 is no row of the part, which has 0.")]
    [InlineData("datasets/pets/images?part=both", "part: expected train or test, found 'both'.")]
    public async Task GetImages_RowsThatDoNotExist_AreNamed(string path, string expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.Http.PostAsync("datasets?name=pets&size=8", Content(Csv), Cancellation).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(expected, await server.Http.GetAsync(path, Cancellation).ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Post_NameThatExists_IsAConflictUnlessReplaced()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.Http.PostAsync("datasets?name=pets", Content(Csv), Cancellation).JsonAsync(HttpStatusCode.Created);

        var problem = await server.Http.PostAsync("datasets?name=pets", Content(Csv), Cancellation).ProblemAsync(HttpStatusCode.Conflict);
        await server.Http.PostAsync("datasets?name=pets&replace=true", Content(Csv), Cancellation).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(
            "name: a data set 'pets' is registered already; choose another name, or replace it with --replace (over HTTP: replace=true).",
            problem);
    }

    [Theory]
    [InlineData("datasets", "name: expected 1 to 63 lower-case letters, digits and hyphens that begin with a letter or a digit, found ''.")]
    [InlineData("datasets?name=fashion-mnist", "name: 'fashion-mnist' is the built-in data set; choose another name.")]
    [InlineData("datasets?name=a&size=4", "size: expected a whole number from 8 to 512, found '4'.")]
    [InlineData("datasets?name=a&colours=red", "colours: expected grey or colour, found 'red'.")]
    [InlineData("datasets?name=a&strict=1", "strict: expected true or false, found '1'.")]
    [InlineData("datasets?name=a&strict=true",
        "body: refused as strict: 1 image repeats an earlier one of the same part (body line 5); "
        + "1 image repeats an earlier one with another label (body line 5).")]
    public async Task Post_BadRequest_NamesTheField(string path, string expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.Http.PostAsync(path, Content(Csv), Cancellation).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal(expected, problem);
        Assert.Equal(["fashion-mnist"], (await server.Http.GetAsync("datasets", Cancellation).JsonAsync()).Texts("items", "name"));
    }

    /// <summary>A body of a few megabytes must not fill the disk: 11,000 images of 512 x 512 x 3 bytes are 8.65 GB.</summary>
    [Fact]
    public async Task Post_SmallBodyWithLargeImages_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        var rows = string.Concat(Enumerable.Range(0, 11_000).Select(row => $"{row % 2},1\n"));

        var problem = await server.Http
            .PostAsync("datasets?name=large&size=512&colours=colour", Content("label,pixel0\n" + rows), Cancellation)
            .ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal(
            "body: its 11000 images of 512x512 take 8650752000 bytes, more than the limit of 8589934592; choose a smaller size.", problem);
    }

    [Fact]
    public async Task Delete_RegisteredSet_LeavesNothing()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.Http.PostAsync("datasets?name=pets", Content(Csv), Cancellation).JsonAsync(HttpStatusCode.Created);

        using var response = await server.Http.DeleteAsync("datasets/pets", Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        const string Missing = "name: no data set 'pets' is registered; fashion data list shows all of them.";
        Assert.Equal(Missing, await server.Http.GetAsync("datasets/pets", Cancellation).ProblemAsync(HttpStatusCode.NotFound));
        Assert.Equal(Missing, await server.Http.DeleteAsync("datasets/pets", Cancellation).ProblemAsync(HttpStatusCode.NotFound));
        Assert.Equal(
            "name: 'fashion-mnist' is built in and cannot be removed; `fashion data list` shows the sets that were registered.",
            await server.Http.DeleteAsync("datasets/fashion-mnist", Cancellation).ProblemAsync(HttpStatusCode.BadRequest));
    }

    private static ByteArrayContent Content(string text) => Content(Encoding.UTF8.GetBytes(text));

    private static ByteArrayContent Content(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return content;
    }
}
