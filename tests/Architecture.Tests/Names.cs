using Mono.Cecil;

namespace ServerlessFashion.Architecture.Tests;

/// <summary>What the names of types tell.</summary>
internal static class Names
{
    /// <summary>Whether people wrote the type, rather than a compiler or generator.</summary>
    public static bool IsWritten(TypeDefinition type) =>
        type.Namespace.StartsWith(nameof(ServerlessFashion), StringComparison.Ordinal) && !type.Name.StartsWith('<');

    /// <summary>Whether the type registers services: a part of a composition root.</summary>
    public static bool IsRegistration(TypeDefinition type) =>
        type is { IsAbstract: true, IsSealed: true }
        && (type.Name.EndsWith("Services", StringComparison.Ordinal) || type.Name.EndsWith("Registration", StringComparison.Ordinal));
}
