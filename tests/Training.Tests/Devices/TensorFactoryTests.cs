using System.Reflection;
using Mono.Cecil;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Sessions;
using TorchSharp;

namespace ServerlessFashion.Training.Tests.Devices;

/// <summary>
/// A tensor that is made without the training's device fails on a GPU only. No machine here has one, so the compiled code is read.
/// </summary>
public sealed class TensorFactoryTests
{
    /// <summary>Every method of TorchSharp that makes a tensor out of values or nothing, by its parameter for a device.</summary>
    private static readonly HashSet<string> Factories =
    [
        .. typeof(torch).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(torch.Tensor))
            .Where(method => method.GetParameters() is var parameters
                && parameters.Any(parameter => parameter.ParameterType == typeof(torch.Device))
                && parameters.All(parameter => parameter.ParameterType != typeof(torch.Tensor)))
            .Select(method => method.Name),
    ];

    [Fact]
    public void Factories_OfTorchSharp_AreFound() =>
        Assert.Superset(new HashSet<string> { "tensor", "empty", "zeros", "ones", "full", "arange", "rand", "from_array" }, Factories);

    [Fact]
    public void Training_MakesTensors_InTheFactoryAlone()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(TrainingSession).Assembly.Location);
        var calls =
            from type in assembly.MainModule.GetTypes()
            from method in type.Methods.Where(method => method.HasBody)
            from called in method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>()
            where called.DeclaringType.FullName == typeof(torch).FullName && Factories.Contains(called.Name)
            select (Caller: type.FullName, called.Name);

        Assert.Equal([typeof(TensorFactory).FullName!], calls.Select(call => call.Caller).Distinct());
    }
}
