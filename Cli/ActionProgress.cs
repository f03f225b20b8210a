namespace ServerlessFashion.Cli;

/// <summary>Reports synchronously on the calling thread, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class ActionProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
