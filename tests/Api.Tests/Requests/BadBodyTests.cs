using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ServerlessFashion.Api.Requests;

namespace ServerlessFashion.Api.Tests.Requests;

public sealed class BadBodyTests
{
    [Theory]
    [InlineData(400, "body: expected 100 bytes as its Content-Length says, found fewer; send it again.")]
    [InlineData(408, "body: it did not arrive in time; send it again.")]
    [InlineData(413, "body: expected at most 30 bytes, found more.")]
    [InlineData(431, "request: Request Header Fields Too Large.")]
    public void Describe_FailureOfTheWebServer_IsASentenceOfThisProgram(int status, string expected)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentLength = 100;
        context.Features.Set<IHttpMaxRequestBodySizeFeature>(new Limit());

        Assert.Equal(expected, BadBody.Describe(new BadHttpRequestException("the framework's text", status), context));
    }

    private sealed class Limit : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => true;

        public long? MaxRequestBodySize { get; set; } = 30;
    }
}
