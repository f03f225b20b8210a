using System.Text.RegularExpressions;
using Microsoft.DurableTask;
using Mono.Cecil;
using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Functions.Tests;

/// <summary>The activities that orchestrations call, read from the compiled code of the workflows and of the app.</summary>
internal static partial class CalledActivities
{
    /// <summary>The names of all activities that any orchestration may call.</summary>
    public static IEnumerable<string> All() => Steps().Select(step => step.Name).Concat(CalledByName()).Distinct();

    /// <summary>The names of those that need the training library.</summary>
    public static IEnumerable<string> TrainingSteps() => Steps().Where(step => step.Kind == StepKind.Training).Select(step => step.Name);

    /// <summary>The properties of <see cref="PipelineSteps"/> that the workflows read.</summary>
    private static List<(string Name, StepKind Kind)> Steps()
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(ComparisonWorkflow).Assembly.Location);
        return
        [
            .. from workflow in core.MainModule.Types.Where(type => type.Name.EndsWith("Workflow", StringComparison.Ordinal))
               from method in Methods(workflow)
               from called in Calls(method)
               where called.DeclaringType.FullName == typeof(PipelineSteps).FullName
               let step = typeof(PipelineSteps).GetMethod(called.Name)!.Invoke(null, null)!
               group step by (Name: Property<string>(step, "Name"), Kind: Property<StepKind>(step, "Kind")) into same
               select same.Key,
        ];
    }

    private static T Property<T>(object of, string name) => (T)of.GetType().GetProperty(name)!.GetValue(of)!;

    /// <summary>The names in methods of the app that call an activity themselves.</summary>
    private static List<string> CalledByName()
    {
        using var app = AssemblyDefinition.ReadAssembly(typeof(Orchestrations).Assembly.Location);
        return
        [
            .. from method in app.MainModule.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
               where Calls(method).Any(called => called.Name == nameof(TaskOrchestrationContext.CallActivityAsync))
               from text in method.Body.Instructions.Select(instruction => instruction.Operand).OfType<string>()
               where Identifier().IsMatch(text)
               select text,
        ];
    }

    private static IEnumerable<MethodReference> Calls(MethodDefinition method) =>
        method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>();

    /// <summary>The methods of a type, and of the state machines and closures that the compiler made of them.</summary>
    private static IEnumerable<MethodDefinition> Methods(TypeDefinition type) =>
        type.Methods.Where(method => method.HasBody).Concat(type.NestedTypes.SelectMany(Methods));

    [GeneratedRegex("^[A-Z][A-Za-z]+$")]
    private static partial Regex Identifier();
}
