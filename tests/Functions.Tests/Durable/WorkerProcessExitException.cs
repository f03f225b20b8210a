namespace Microsoft.Azure.WebJobs.Script.Workers;

/// <summary>Stands for the host's exception of this name: no package contains it, and failures are recognised by their name.</summary>
internal sealed class WorkerProcessExitException(string message) : Exception(message);
