using System.Net;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Datasets.Tests;

/// <summary>Answers 404 unless told otherwise for a mirror.</summary>
internal sealed class FakeMirrors : HttpMessageHandler
{
    private readonly Dictionary<string, Func<Uri, CancellationToken, Task<HttpContent>>> _answers = [];

    public List<Uri> Asked { get; } = [];

    public void ServePublishedSet(Uri mirror)
    {
        PublishedSet.Files();
        Serve(mirror, file => new StreamContent(File.OpenRead(Path.Combine(PublishedSet.Folder, file.Segments[^1]))));
    }

    public void Serve(Uri mirror, Func<Uri, HttpContent> answer) =>
        _answers[mirror.Host] = (file, _) => Task.FromResult(answer(file));

    /// <summary>Lets a mirror accept requests and never answer. The returned task ends when one was made.</summary>
    public Task ServeSilence(Uri mirror)
    {
        var asked = new TaskCompletionSource();
        _answers[mirror.Host] = async (_, cancellationToken) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("An endless delay ended.");
        };
        return asked.Task;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add(request.RequestUri!);
        return _answers.TryGetValue(request.RequestUri!.Host, out var answer)
            ? new(HttpStatusCode.OK) { Content = await answer(request.RequestUri, cancellationToken) }
            : new(HttpStatusCode.NotFound);
    }
}
