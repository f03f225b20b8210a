using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessFashion.Tests;

/// <summary>The rows of the tables of a <see cref="MemoryStorage"/>.</summary>
internal sealed class MemoryRows
{
    private readonly Dictionary<string, (JsonObject Row, long Version)> _rows = [];
    private long _writes;

    /// <param name="path">A table, or a row such as <c>Runs(PartitionKey='run',RowKey='a')</c>.</param>
    public HttpResponseMessage Answer(HttpRequestMessage request, string path, byte[] content)
    {
        if (request.Method == HttpMethod.Get && path.EndsWith("()", StringComparison.Ordinal))
        {
            return Query(path[..^2], request.RequestUri!.Query);
        }

        var row = content.Length == 0 ? null : JsonNode.Parse(content)!.AsObject();
        var key = row is null || path.EndsWith(')') ? path : $"{path}(PartitionKey='{row["PartitionKey"]}',RowKey='{row["RowKey"]}')";
        var found = _rows.TryGetValue(key, out var stored);
        return request.Method.Method switch
        {
            "POST" when found => MemoryStorage.Failure(HttpStatusCode.Conflict, "EntityAlreadyExists"),
            "POST" => Write(key, row!),
            "GET" when found => Read(stored.Row, stored.Version),
            "GET" or "DELETE" when !found => MemoryStorage.Failure(HttpStatusCode.NotFound, "ResourceNotFound"),
            "PUT" when IsStale(request, stored.Version) =>
                MemoryStorage.Failure(HttpStatusCode.PreconditionFailed, "UpdateConditionNotSatisfied"),
            "PUT" => Write(key, row!),
            "DELETE" => Delete(key),
            _ => throw MemoryStorage.Unknown(request),
        };
    }

    private HttpResponseMessage Query(string table, string query)
    {
        var filter = MemoryFilter.Parse(query);
        var found = _rows.Where(entry => entry.Key.StartsWith($"{table}(", StringComparison.Ordinal) && filter.Matches(entry.Value.Row))
            .OrderBy(entry => entry.Value.Row["RowKey"]!.ToString(), StringComparer.Ordinal)
            .Select(JsonNode (entry) => WithTag(entry.Value.Row, entry.Value.Version));
        var answer = new JsonObject { ["value"] = new JsonArray([.. found]) };
        return MemoryStorage.Answer(
            HttpStatusCode.OK, 0, Encoding.UTF8.GetBytes(answer.ToJsonString()), "application/json;odata=minimalmetadata");
    }

    private static bool IsStale(HttpRequestMessage request, long version) =>
        request.Headers.IfMatch.Any(tag => tag.Tag != "*" && tag.Tag != MemoryStorage.ETag(version));

    private static HttpResponseMessage Read(JsonObject row, long version)
    {
        var answer = WithTag(row, version);
        return MemoryStorage.Answer(
            HttpStatusCode.OK, version, Encoding.UTF8.GetBytes(answer.ToJsonString()), "application/json;odata=minimalmetadata");
    }

    private static JsonObject WithTag(JsonObject row, long version)
    {
        var tagged = row.DeepClone().AsObject();
        foreach (var column in row.Where(column => column.Value?.GetValueKind() == JsonValueKind.Number))
        {
            // As the service does: a number needs no type.
            tagged.Remove($"{column.Key}@odata.type");
        }

        tagged["odata.etag"] = MemoryStorage.ETag(version);
        return tagged;
    }

    private HttpResponseMessage Write(string key, JsonObject row)
    {
        _rows[key] = (row, ++_writes);
        return MemoryStorage.Answer(HttpStatusCode.NoContent, _writes);
    }

    private HttpResponseMessage Delete(string key)
    {
        _rows.Remove(key);
        return MemoryStorage.Answer(HttpStatusCode.NoContent);
    }
}
