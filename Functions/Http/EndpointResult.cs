using Microsoft.AspNetCore.Http;

namespace ServerlessFashion.Functions.Http;

/// <summary>Hands the request over to an endpoint of the API. The worker has set the route values from the function's route.</summary>
internal sealed class EndpointResult(Endpoint endpoint) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => endpoint.RequestDelegate!(httpContext);
}
