using System.Globalization;
using Parquet;
using Parquet.Schema;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Sources;

/// <summary>Reads a column of labels as texts.</summary>
internal static class ParquetLabels
{
    /// <returns>One text for each row; null where the row has none.</returns>
    /// <exception cref="InvalidInputException">The column has another type.</exception>
    public static async Task<string?[]> ReadAsync(
        ParquetRowGroupReader rows, DataField label, ReadContext context, CancellationToken cancellation)
    {
        if (label.ClrType == typeof(ReadOnlyMemory<char>))
        {
            var texts = new string?[rows.RowCount];
            await rows.ReadAsync(label, texts.AsMemory()!, null, cancellation);
            return texts;
        }

        return Type.GetTypeCode(label.ClrType) switch
        {
            TypeCode.Byte => await ReadAsync<byte>(rows, label, cancellation),
            TypeCode.SByte => await ReadAsync<sbyte>(rows, label, cancellation),
            TypeCode.Int16 => await ReadAsync<short>(rows, label, cancellation),
            TypeCode.UInt16 => await ReadAsync<ushort>(rows, label, cancellation),
            TypeCode.Int32 => await ReadAsync<int>(rows, label, cancellation),
            TypeCode.UInt32 => await ReadAsync<uint>(rows, label, cancellation),
            TypeCode.Int64 => await ReadAsync<long>(rows, label, cancellation),
            TypeCode.UInt64 => await ReadAsync<ulong>(rows, label, cancellation),
            _ => throw context.Error($"column {label.Name} should hold whole numbers or texts, found {label.ClrType.Name}"),
        };
    }

    private static async Task<string?[]> ReadAsync<T>(ParquetRowGroupReader rows, DataField label, CancellationToken cancellation)
        where T : struct, IFormattable
    {
        if (!label.IsNullable)
        {
            var values = new T[rows.RowCount];
            await rows.ReadAsync(label, values.AsMemory(), null, cancellation);
            return [.. values.Select(value => value.ToString(null, CultureInfo.InvariantCulture))];
        }

        var optional = new T?[rows.RowCount];
        await rows.ReadAsync(label, optional.AsMemory(), null, cancellation);
        return [.. optional.Select(value => value?.ToString(null, CultureInfo.InvariantCulture))];
    }
}
