namespace ServerlessFashion.Cli;

/// <summary>Reports at once, on the thread that reports, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class ActionProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
