using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>A client of the server's HTTP API.</summary>
internal sealed class FashionClient(Uri server) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = server,
        Timeout = TimeSpan.FromMinutes(2),
    };

    public async Task<bool> IsHealthyAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync("/api/health", cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Starts a run, as often as it takes: a server that is killed meanwhile comes back, and the key keeps the run one.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> StartAsync(string key, string options, CancellationToken cancellation)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/comparisons") { Content = Json(options) };
            request.Headers.Add("Idempotency-Key", $"\"{key}\"");
            try
            {
                using var response = await _http.SendAsync(request, cancellation);
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    return (string)(await ReadAsync(response, cancellation))["id"]!;
                }

                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    throw new InvalidOperationException($"POST /comparisons: {await DescribeAsync(response, cancellation)}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The server is dead just now.
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Waits for the end of a run.</summary>
    /// <returns>Its status.</returns>
    public async Task<string> WaitAsync(string run, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var status = (string)(await GetAsync($"/api/comparisons/{run}", cancellation))["status"]!;
                if (status is not ("pending" or "running"))
                {
                    return status;
                }
            }
            catch (HttpRequestException)
            {
                // The server is dead just now.
            }

            await Task.Delay(Pause * 2, cancellation);
        }
    }

    /// <exception cref="HttpRequestException">The server does not answer, or not with 200.</exception>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(path, cancellation);
        response.EnsureSuccessStatusCode();
        return await ReadAsync(response, cancellation);
    }

    /// <summary>Cancels a run.</summary>
    public async Task CancelAsync(string run, CancellationToken cancellation)
    {
        using var response = await _http.PostAsync($"/api/comparisons/{run}/cancel", null, cancellation);
    }

    /// <summary>Deletes a run. A run whose model is needed stays.</summary>
    public async Task<HttpStatusCode> DeleteAsync(string run, CancellationToken cancellation)
    {
        using var response = await _http.DeleteAsync($"/api/comparisons/{run}", cancellation);
        return response.StatusCode;
    }

    /// <summary>Predicts the images of a body, and sends it again when the server asks for that.</summary>
    /// <param name="busy">Is called each time the server is busy.</param>
    /// <returns>The answer, which is 200.</returns>
    /// <exception cref="HttpRequestException">The answer is another.</exception>
    public async Task<JsonNode> PredictAsync(PredictionBody body, Action? busy, CancellationToken cancellation)
    {
        while (true)
        {
            using var content = new ByteArrayContent(body.Content);
            content.Headers.ContentType = new(body.MediaType);
            using var response = await _http.PostAsync("/api/predictions", content, cancellation);
            if (response.IsSuccessStatusCode)
            {
                return await ReadAsync(response, cancellation);
            }

            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || response.Headers.RetryAfter?.Delta is not { } delay)
            {
                throw new HttpRequestException($"POST /predictions: {await DescribeAsync(response, cancellation)}");
            }

            busy?.Invoke();
            await Task.Delay(delay, cancellation);
        }
    }

    public void Dispose() => _http.Dispose();

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        (await response.Content.ReadFromJsonAsync<JsonNode>(cancellation))!;

    private static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var problem = await response.Content.ReadAsStringAsync(cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {problem}");
    }
}
