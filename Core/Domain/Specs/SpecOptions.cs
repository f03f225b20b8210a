using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Specs;

/// <summary>
/// Options that change a model's spec in one run, such as <c>model4.learningRate</c>. They are the JSON names of the spec. An option of a
/// phase holds for all phases (<c>learningRate</c>) or for one, counted from 1 (<c>phases.2.learningRate</c>). An option of a layer begins
/// with the layer's name (<c>layers.conv2d_1.filters</c>). <c>dropout</c> is the rate of every Dropout layer.
/// </summary>
public static class SpecOptions
{
    /// <summary>The epochs of all phases together. The preset spreads them over the phases.</summary>
    public const string Epochs = "epochs";

    private const string Setting = "set";
    private const string Dropout = "dropout";
    private const string Phases = "phases";
    private const string Layers = "layers";

    private static readonly SpecOption DropRate =
        SpecOption.Of(typeof(Dropout)).Single() with { Name = Dropout };

    private static readonly SpecOption[] OfModel = [.. SpecOption.Of(typeof(ModelSpec))];

    private static readonly SpecOption[] OfPhase =
        [.. SpecOption.Of(typeof(TrainingPhase), nameof(TrainingPhase.Wide), nameof(TrainingPhase.Pruning))];

    /// <summary>The options of a model that are not those of a layer or of a single phase.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. OfModel.Concat(OfPhase).Append(DropRate).Select(option => option.Name)];

    /// <summary>Splits the option names at the model, and refuses models that are not in the run.</summary>
    /// <returns>By model, the options without the model's name.</returns>
    /// <exception cref="InvalidInputException">A name has no model of the run.</exception>
    public static ILookup<string, KeyValuePair<string, OptionValue>> ByModel(
        IReadOnlyDictionary<string, OptionValue>? options, IReadOnlyCollection<string> models)
    {
        foreach (var name in options?.Keys ?? [])
        {
            if (name.Split('.', 2) is not [var model, { Length: > 0 }])
            {
                throw new InvalidInputException($"{Setting}: '{name}' does not have the form model.option, such as model4.batchSize.");
            }

            if (!models.Contains(model))
            {
                throw UnknownName.Refuse(Setting, model, "model of this run", models);
            }
        }

        return (options ?? new Dictionary<string, OptionValue>())
            .Select(option => (Parts: option.Key.Split('.', 2), option.Value))
            // A single phase or layer overrides what holds for all.
            .OrderBy(option => option.Parts[1].Split('.')[0] is Phases or Layers).ThenBy(option => option.Parts[1], StringComparer.Ordinal)
            .ToLookup(option => option.Parts[0], option => KeyValuePair.Create(option.Parts[1], option.Value));
    }

    /// <summary>The options in the order of their names; null if there are none.</summary>
    public static IReadOnlyDictionary<string, OptionValue>? InOrder(IReadOnlyDictionary<string, OptionValue>? options) =>
        options is null or { Count: 0 } ? null : options.OrderBy(option => option.Key, StringComparer.Ordinal).ToDictionary();

    /// <summary>The value of <see cref="Epochs"/>.</summary>
    /// <exception cref="InvalidInputException">It is not a number of epochs from 1.</exception>
    internal static int ReadEpochs(string model, OptionValue value)
    {
        var range = new NumberRange(1, TrainingPhase.MostEpochs, false, false, IsWhole: true);
        return int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && range.Contains(count)
            ? count
            : throw new InvalidInputException($"{Setting}: {model}.{Epochs}: expected {range}, found '{value}'.");
    }

    /// <summary>The spec with these options, which have no model in front.</summary>
    /// <exception cref="InvalidInputException">An option is unknown, or its value is out of range; the message names both.</exception>
    public static ModelSpec Apply(ModelSpec spec, IEnumerable<KeyValuePair<string, OptionValue>> options)
    {
        var json = JsonSerializer.SerializeToNode(spec, Json.Compact)!.AsObject();
        double? dropRate = null;
        foreach (var (name, value) in options)
        {
            if (name == Dropout)
            {
                dropRate = Read(spec, DropRate, name, value)!.GetValue<double>();
                if (spec.Layers.All(layer => layer.WithDropRate(0) == layer) && spec.Layers.All(layer => layer.WithDropRate(.5) == layer))
                {
                    throw new InvalidInputException($"{Setting}: {spec.Name}.{name}: {spec.Name} has no Dropout layer.");
                }
            }
            else
            {
                Set(spec, json, name, value);
            }
        }

        var changed = Deserialize(json);
        return dropRate is not { } rate ? changed : changed with
        {
            Layers = [.. changed.Layers.Select(layer => layer.WithDropRate(rate))],
            WideLayers = changed.WideLayers?.Select(layer => layer.WithDropRate(rate)).ToList(),
        };
    }

    /// <exception cref="InvalidInputException">An option needs another one, as the share of a data pruning does.</exception>
    private static ModelSpec Deserialize(JsonObject json)
    {
        try
        {
            return json.Deserialize<ModelSpec>(Json.Compact)!;
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException($"{Setting}: {e.Message}", e);
        }
    }

    private static void Set(ModelSpec spec, JsonObject json, string name, OptionValue value)
    {
        var (targets, options, rest) = name.Split('.', 3) switch
        {
            [Phases, var number, var field] => ([PhaseOf(spec, json, name, number)], OfPhase, field),
            [Layers, var layer, var field] => LayerOf(spec, json, name, layer, field),
            _ when OfModel.Any(option => option.Name == name) => ([json], OfModel, name),
            _ => ([.. json[Phases]!.AsArray().Select(phase => phase!.AsObject())], OfPhase, name),
        };
        var option = options.FirstOrDefault(option => option.Name == rest)
            ?? throw UnknownName.Refuse(
                Setting, rest, $"setting of {spec.Name}", rest == name ? Names : [.. options.Select(known => known.Name)]);
        foreach (var target in (JsonObject[])targets)
        {
            option.Set(target, Read(spec, option, name, value));
        }
    }

    private static JsonNode? Read(ModelSpec spec, SpecOption option, string name, OptionValue value) =>
        option.Clears(value.Text) ? null : option.Read(value.Text) ?? throw new InvalidInputException(
            $"{Setting}: {spec.Name}.{name}: expected {option.Expected}, found '{value}'.");

    private static JsonObject PhaseOf(ModelSpec spec, JsonObject json, string name, string number)
    {
        var count = spec.Phases.Count;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var phase) && phase >= 1 && phase <= count
            ? json[Phases]![phase - 1]!.AsObject()
            : throw new InvalidInputException(
                $"{Setting}: {spec.Name}.{name}: {spec.Name} has {Quantity.Of(count, "phase")}, counted from 1.");
    }

    private static (JsonObject[] Targets, SpecOption[] Options, string Field) LayerOf(
        ModelSpec spec, JsonObject json, string name, string layer, string field)
    {
        if (spec.WideLayers is not null)
        {
            throw new InvalidInputException($"{Setting}: {spec.Name}.{name}: the layers of a model with wide layers cannot be set.");
        }

        var names = LayerNames.Of(spec.Layers);
        var index = names.ToList().IndexOf(layer);
        return index >= 0
            ? ([json[Layers]![index]!.AsObject()], [.. SpecOption.Of(spec.Layers[index].GetType())], field)
            : throw UnknownName.Refuse(Setting, layer, $"layer of {spec.Name}", [.. names]);
    }
}
