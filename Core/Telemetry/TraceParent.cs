using System.Diagnostics;

namespace ServerlessFashion.Telemetry;

/// <summary>Carries a trace from a process into a child process, by the environment variables of W3C Trace Context.</summary>
public static class TraceParent
{
    public const string ParentVariable = "TRACEPARENT";
    public const string StateVariable = "TRACESTATE";

    /// <summary>Makes the current span the parent of the child's spans; without one the child starts its own trace.</summary>
    public static void Write(IDictionary<string, string?> environment)
    {
        environment.Remove(ParentVariable);
        environment.Remove(StateVariable);
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } current)
        {
            return;
        }

        environment[ParentVariable] = id;
        if (current.TraceStateString is { Length: > 0 } state)
        {
            environment[StateVariable] = state;
        }
    }

    /// <summary>The span of the parent process; the default value if there is none or it is invalid.</summary>
    public static ActivityContext Read(Func<string, string?> environment) =>
        ActivityContext.TryParse(environment(ParentVariable), environment(StateVariable), isRemote: true, out var parent)
            ? parent
            : default;
}
