using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using ServerlessFashion.Models;

namespace ServerlessFashion.Specs;

/// <summary>Checks every number of a spec against the range of its field.</summary>
internal static class SpecRanges
{
    /// <exception cref="InvalidInputException">
    /// A number is out of range; the message names the layer or the phase, and the field.
    /// </exception>
    public static void Require(ModelSpec spec)
    {
        RequireOf(spec, $"model {spec.Name}");
        RequireLayers(spec, spec.Layers, "layer");
        RequireLayers(spec, spec.WideLayers ?? [], "wide layer");
        foreach (var phase in spec.Phases)
        {
            RequireOf(phase, $"model {spec.Name}: phase '{phase.Name}'");
        }
    }

    private static void RequireLayers(ModelSpec spec, IReadOnlyList<Layer> layers, string kind)
    {
        foreach (var (index, (layer, name)) in layers.Zip(LayerNames.Of(layers)).Index())
        {
            RequireOf(layer, $"model {spec.Name}: {kind} {index + 1} ({name})");
        }
    }

    /// <summary>The fields of a record, of the records in it and of lists of layers in it.</summary>
    private static void RequireOf(object record, string place)
    {
        foreach (var field in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(field => field.SetMethod is not null))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(field.Name);
            switch (field.GetValue(record))
            {
                case { } value when NumberRange.Of(field) is { } range:
                    var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                    if (!range.Contains(number))
                    {
                        throw new InvalidInputException(string.Create(
                            CultureInfo.InvariantCulture, $"{place}: {name}: expected {range}, found {number}."));
                    }

                    break;
                case IReadOnlyList<Layer> layers when record is Layer:
                    foreach (var (layer, inner) in layers.Zip(LayerNames.Of(layers)))
                    {
                        RequireOf(layer, $"{place}: {inner}");
                    }

                    break;
                case { } value and not IEnumerable when value.GetType().Namespace == typeof(ModelSpec).Namespace && value is not Enum:
                    RequireOf(value, $"{place}: {name}");
                    break;
            }
        }
    }
}
