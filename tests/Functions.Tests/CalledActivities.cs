using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.DurableTask;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Functions.Tests;

/// <summary>The activities that orchestrations call, read from the compiled code of the workflows and of the app.</summary>
internal static partial class CalledActivities
{
    /// <summary>The names of all activities that any orchestration may call.</summary>
    public static IEnumerable<string> All() => Steps().Select(step => step.Name).Concat(CalledByName()).Distinct();

    /// <summary>The names of those that need the training library.</summary>
    public static IEnumerable<string> TrainingSteps() => Steps().Where(step => step.Kind == StepKind.Training).Select(step => step.Name);

    /// <summary>The properties of <see cref="PipelineSteps"/> that the workflow reads.</summary>
    private static List<(string Name, StepKind Kind)> Steps() =>
    [
        .. from method in Methods(typeof(ComparisonWorkflow))
           from called in Instructions.Read(method).OfType<MethodInfo>()
           where called.DeclaringType == typeof(PipelineSteps)
           let step = called.Invoke(null, null)!
           group step by (Name: Property<string>(step, "Name"), Kind: Property<StepKind>(step, "Kind")) into same
           select same.Key,
    ];

    private static T Property<T>(object of, string name) => (T)of.GetType().GetProperty(name)!.GetValue(of)!;

    /// <summary>The names in methods of the app that call an activity themselves.</summary>
    private static List<string> CalledByName() =>
    [
        .. from type in typeof(Orchestrations).Assembly.GetTypes()
           from method in Methods(type)
           let instructions = Instructions.Read(method).ToList()
           where instructions.OfType<MethodBase>().Any(called => called.Name == nameof(TaskOrchestrationContext.CallActivityAsync))
           from text in instructions.OfType<string>()
           where Identifier().IsMatch(text)
           select text,
    ];

    /// <summary>The methods of a type, and of the state machines and closures that the compiler made of them.</summary>
    private static IEnumerable<MethodInfo> Methods(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        return type.GetMethods(All).Concat(type.GetNestedTypes(All).SelectMany(Methods));
    }

    [GeneratedRegex("^[A-Z][A-Za-z]+$")]
    private static partial Regex Identifier();
}
