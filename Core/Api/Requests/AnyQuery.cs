namespace ServerlessFashion.Api.Requests;

/// <summary>
/// Marks an endpoint that ignores query parameters that it does not have. Pages do, because sign-in services and mail programs add some to
/// the addresses of pages.
/// </summary>
internal sealed class AnyQuery;
