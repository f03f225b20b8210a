using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>
/// Switches off the telemetry of ONNX Runtime. By default the library keeps events in a database below the home folder and sends them to
/// its maker.
/// </summary>
internal static partial class OnnxRuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";
    private const string Yes = "1";

    private static readonly Lazy<bool> Off = new(TurnOff);

    /// <summary>Applies to this process and to its children. Call it before any other call of the library.</summary>
    public static void Disable() => _ = Off.Value;

    private static bool TurnOff()
    {
        Environment.SetEnvironmentVariable(Variable, Yes);
        if (!OperatingSystem.IsWindows())
        {
            // .NET keeps variables of its own there, which native code does not see. The library reads the variable only once.
            _ = SetVariable(Variable, Yes, overwrite: 1);
        }

        // On Windows the events go to the system's tracing.
        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
