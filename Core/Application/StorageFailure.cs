using Azure;

namespace ServerlessFashion.Application;

/// <summary>Tells failures of the storage account from others.</summary>
public static class StorageFailure
{
    /// <summary>True for the exceptions that the storage client throws after its last retry.</summary>
    public static bool Is(Exception exception) =>
        exception is RequestFailedException or AggregateException { InnerException: RequestFailedException or OperationCanceledException };
}
