using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ServerlessFashion.Architecture.Tests;

/// <summary>Reads which types compiled code uses.</summary>
internal static class UsedTypes
{
    /// <summary>A type with everything that the compiler made out of its lambdas, iterators and asynchronous methods.</summary>
    public static IEnumerable<TypeDefinition> WithNested(this TypeDefinition type) =>
        type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>The types that a type uses in its declaration, its members and its code.</summary>
    public static IEnumerable<TypeReference> Of(TypeDefinition type) => type.WithNested().SelectMany(OfOne).SelectMany(Parts);

    /// <summary>The methods, and so constructors, that the code of a type calls.</summary>
    public static IEnumerable<MethodReference> CallsOf(TypeDefinition type) =>
        type.WithNested().SelectMany(Instructions).Select(instruction => instruction.Operand).OfType<MethodReference>();

    /// <summary>The constructors that the code of a type calls with <c>new</c>.</summary>
    public static IEnumerable<MethodReference> ConstructionsOf(TypeDefinition type) =>
        from part in type.WithNested()
        from instruction in Instructions(part)
        where instruction.OpCode == OpCodes.Newobj
        select (MethodReference)instruction.Operand;

    private static IEnumerable<Instruction> Instructions(TypeDefinition type) =>
        type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions);

    private static IEnumerable<TypeReference?> OfOne(TypeDefinition type)
    {
        var members = type.Interfaces.Select(one => one.InterfaceType)
            .Append(type.BaseType)
            .Concat(type.CustomAttributes.Select(attribute => attribute.AttributeType))
            .Concat(type.Fields.Select(field => field.FieldType));
        var methods = type.Methods.SelectMany(
            method => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType));
        var bodies = type.Methods.Where(method => method.HasBody).SelectMany(
            method =>
                method.Body.Variables.Select(variable => variable.VariableType).Concat(method.Body.Instructions.SelectMany(OfOperand)));
        return [.. members, .. methods, .. bodies];
    }

    private static IEnumerable<TypeReference?> OfOperand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [.. method.GenericArguments, method.DeclaringType, method.ReturnType],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    /// <summary>The named types that a type is made of, such as those of a generic type and its arguments.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Concat(Parts(generic.ElementType)),
        TypeSpecification specification => Parts(specification.ElementType),
        { DeclaringType: { } outer } => Parts(outer),
        _ => [type],
    };
}
