using System.Net.Http;
using System.Net.Http.Json;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Documents;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Models;
using ServerlessFashion.Serialization;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Client;

/// <summary>The models at a server that a run can train.</summary>
internal sealed class RemoteSpecs(ServerConnection server) : ISpecService
{
    private const string Path = "specs";

    public async Task<IReadOnlyList<SpecSummary>> ListAsync(CancellationToken cancellation)
    {
        var specs = new List<SpecSummary>();
        string? continuation = null;
        do
        {
            var next = continuation is null ? "" : $"&continuation={Uri.EscapeDataString(continuation)}";
            var page = await server.GetAsync<ListDocument<SpecSummary>>($"{Path}?top=100{next}", cancellation);
            specs.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return specs;
    }

    public Task<ModelSpec> GetAsync(string name, CancellationToken cancellation) =>
        server.GetAsync<ModelSpec>(PathOf(name), cancellation);

    public Task AddAsync(ModelSpec spec, CancellationToken cancellation) => server.SendAsync<ModelSpec>(
        new ServerRequest(HttpMethod.Post, Path)
        {
            IsRepeatable = true,
            Body = () => JsonContent.Create(spec, options: Json.Compact),
        },
        cancellation);

    public Task RemoveAsync(string name, CancellationToken cancellation) => server.SendAsync(
        new ServerRequest(HttpMethod.Delete, PathOf(name)) { IsRepeatable = true }, cancellation);

    private static string PathOf(string name) => $"{Path}/{Uri.EscapeDataString(name)}";
}
