using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Runs;

/// <summary>The model of a search, and the models that its trials make of it.</summary>
internal static class SearchedModel
{
    private const string Space = "space";

    /// <summary>A prime, so that the places of a range seldom have round values.</summary>
    private const int Places = 7;

    /// <summary>Checks the options of a search against the model that it searches.</summary>
    /// <exception cref="InvalidInputException">The space cannot be used with the model; the message names the parameter.</exception>
    public static SearchSettings Configure(SearchOptions options, IReadOnlyList<ConfiguredModel> models, ClassLabels labels)
    {
        if (models is not [var model])
        {
            throw new InvalidInputException($"models: a search has one model, found {models.Count}; name it.");
        }

        if (options.Seed < 0)
        {
            throw new InvalidInputException($"seed: expected a whole number from 0, found {options.Seed}.");
        }

        var settings = new SearchSettings
        {
            Model = model.Spec.Name,
            Space = options.Space,
            Trials = options.Trials ?? SearchOptions.DefaultTrials,
            Sampler = options.Sampler ?? TrialSampler.Tpe,
            Seed = options.Seed ?? 1,
        };
        foreach (var parameter in settings.Parameters())
        {
            Check(model, parameter, labels);
        }

        return settings;
    }

    /// <summary>
    /// The run with the models of trials after its others. Each trains once, as the model of the search with its own values.
    /// </summary>
    public static RunDefinition With(RunDefinition run, IReadOnlyList<Trial> trials)
    {
        var known = run.Configuration.Trials ?? [];
        var model = Of(run);
        var labels = run.Labels;
        var made = trials.Select((trial, index) => Of(model, trial, known.Count + index + 1, labels)).ToList();
        return run with
        {
            Configuration = run.Configuration with
            {
                Models = [.. run.Configuration.Models, .. made.Select(one => one.Configuration)],
                Trials = [.. known, .. trials],
            },
            Specs = [.. run.Specs, .. made.Select(one => one.Spec)],
        };
    }

    /// <summary>Whether the model of the search can have these values together.</summary>
    public static bool CanTrain(RunDefinition run, IReadOnlyDictionary<string, OptionValue> values)
    {
        try
        {
            Of(run).Change([.. values], run.Labels);
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }

    /// <summary>The model that the run searches.</summary>
    private static ConfiguredModel Of(RunDefinition run)
    {
        var name = run.Configuration.Search!.Model;
        return new ConfiguredModel(run.SpecOf(name), run.Configuration.Models.Single(model => model.Name == name));
    }

    private static ConfiguredModel Of(ConfiguredModel model, Trial trial, int number, ClassLabels labels)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"{model.Spec.Title} (trial {number})");
        var named = new ConfiguredModel(
            model.Spec with { Name = trial.Name, Title = title },
            model.Configuration with { Name = trial.Name, Seeds = [SearchSettings.TrialSeed] });
        return named.Change([.. trial.Values], labels);
    }

    /// <summary>
    /// Tries every choice, or places over a range: its ends alone do not show that a model needs whole numbers, or multiples of 16.
    /// </summary>
    private static void Check(ConfiguredModel model, SearchParameter parameter, ClassLabels labels)
    {
        if (parameter.Name.Split('.')[^1] == SpecOptions.Epochs)
        {
            throw new InvalidInputException($"{Space}: {parameter.Name}: the search itself decides how long a trial trains; leave it out.");
        }

        IEnumerable<OptionValue> values = parameter is ChoiceParameter choice
            ? choice.Values
            : Enumerable.Range(0, Places + 1).Select(place => parameter.ValueAt((double)place / Places)).Distinct();
        foreach (var value in values)
        {
            try
            {
                model.Change([KeyValuePair.Create(parameter.Name, value)], labels);
            }
            catch (InvalidInputException e)
            {
                throw new InvalidInputException($"{Space}: {e.Message[(e.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..]}", e);
            }
        }
    }
}
