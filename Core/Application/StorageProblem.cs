using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Application;

/// <summary>A failure of the storage account as the users of the application see it.</summary>
public static class StorageProblem
{
    /// <summary>One sentence with the cause; null if the failure is not one of the storage account.</summary>
    public static string? Find(Exception exception) => StorageFailure.Is(exception) ? StorageFailure.Describe(exception) : null;
}
