using System.Reflection;
using System.Reflection.Emit;

namespace ServerlessFashion.Functions.Tests;

/// <summary>Reads which methods a compiled method calls and which texts it holds.</summary>
internal static class Instructions
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <returns>In the order of the code, a <see cref="MethodBase"/> for each call and a <see cref="string"/> for each text.</returns>
    public static IEnumerable<object> Read(MethodInfo method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            // Codes of two bytes begin with 0xFE.
            var value = code[at] == 0xFE ? (short)((0xFE << 8) | code[++at]) : code[at];
            at++;
            var instruction = Codes[value];
            switch (instruction.OperandType)
            {
                case OperandType.InlineMethod:
                    yield return method.Module.ResolveMethod(
                        BitConverter.ToInt32(code, at), method.DeclaringType!.GetGenericArguments(), method.GetGenericArguments())!;
                    break;
                case OperandType.InlineString:
                    yield return method.Module.ResolveString(BitConverter.ToInt32(code, at));
                    break;
                case OperandType.InlineSwitch:
                    at += sizeof(int) * BitConverter.ToInt32(code, at);
                    break;
            }

            at += Size(instruction.OperandType);
        }
    }

    private static int Size(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
