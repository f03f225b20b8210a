namespace ServerlessFashion.Storage.Requests;

/// <summary>A failure of the storage account that ended the work of another process, such as a training.</summary>
/// <param name="sentence">What <see cref="StorageFailure.Describe"/> said there.</param>
public sealed class StorageOutageException(StorageFailureKind kind, string sentence) : Exception(sentence)
{
    /// <summary>The cause.</summary>
    public StorageFailureKind Kind { get; } = kind;
}
