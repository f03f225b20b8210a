using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Api;

/// <summary>The run that a request's path names.</summary>
internal static class RunOfPath
{
    /// <exception cref="ProblemException">404: there is no such run.</exception>
    public static async Task<RunRecord> GetAsync(RunStore runs, HttpContext context)
    {
        var id = (string)context.GetRouteValue("id")!;
        return await runs.FindAsync(id, context.RequestAborted)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, $"run: '{id}' does not exist.");
    }
}
