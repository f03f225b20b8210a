using ServerlessFashion.Data;
using ServerlessFashion.Devices;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Runs;

/// <summary>The presets, and the definition of a run that follows from a preset and a caller's options.</summary>
public static class Presets
{
    public const string Default = "quick";

    public const int MaxSeeds = 100;
    public const int MaxEpochs = TrainingPhase.MostEpochs;

    private const int SplitSeed = 657;
    private const double ValidationShare = .2;

    /// <param name="Batch">Images per step; null for the study's own.</param>
    /// <param name="Epochs">Epochs of each phase; null for the study's own.</param>
    /// <param name="TrainLimit">Training images of this model alone; null for the run's.</param>
    /// <param name="Seeds">Seeds of this model alone; null for the run's.</param>
    /// <param name="FallingRate">A learning rate that falls to zero; null for the study's own, which is constant.</param>
    /// <param name="ByNameOnly">True if the model is trained only when a caller names it.</param>
    private sealed record Recipe(
        int? Batch = null, int[]? Epochs = null, int? TrainLimit = null, int? Seeds = null, double? FallingRate = null,
        bool ByNameOnly = false);

    private sealed record Preset(
        string Name, int? TrainLimit, int? ValidationLimit, int? TestLimit, int SliceEpochs, int SliceTimeoutMinutes,
        IReadOnlyDictionary<string, Recipe> Models)
    {
        /// <summary>The recipe of a model. A model that the preset does not name is trained by its spec.</summary>
        public Recipe RecipeOf(ModelSpec spec) => Models.GetValueOrDefault(spec.Name) ?? new Recipe();
    }

    // ResNet50 is trained by name only in short runs, because its weights are a download; those of ResNet18 are always there.
    // Short runs take smaller batches than the study: its BatchNorm statistics (Keras momentum .99) need some hundred
    // steps before a network can be used outside training. In the shortest ones the rate falls, so that the statistics catch up.
    private static readonly Preset[] All =
    [
        new("smoke", TrainLimit: 1600, ValidationLimit: 400, TestLimit: 1000, SliceEpochs: 10, SliceTimeoutMinutes: 10,
            new Dictionary<string, Recipe>
            {
                ["model1"] = new(Batch: 64, Epochs: [6]),
                ["model3"] = new(Batch: 64, Epochs: [6]),
                ["model4"] = new(Batch: 16, Epochs: [8], FallingRate: 3e-4),
                ["model4-annealed"] = new(Batch: 16, Epochs: [8, 8], ByNameOnly: true),
                ["model4-muon"] = new(Batch: 16, Epochs: [8, 8], ByNameOnly: true),
                ["model4-pruned"] = new(Batch: 16, Epochs: [8, 4, 4], ByNameOnly: true),
                ["model4-slim"] = new(Batch: 16, Epochs: [8, 8], ByNameOnly: true),
                ["resnet18"] = new(Batch: 32, Epochs: [1, 1], TrainLimit: 400),
                ["resnet18-finetuned"] = new(Batch: 32, Epochs: [1, 2], TrainLimit: 400, ByNameOnly: true),
                ["resnet18-random"] = new(Batch: 32, Epochs: [3], TrainLimit: 400, ByNameOnly: true),
                ["resnet50"] = new(Batch: 32, Epochs: [1, 1], TrainLimit: 400, ByNameOnly: true),
                ["resnet50-finetuned"] = new(Batch: 32, Epochs: [1, 1, 1, 1], TrainLimit: 400, ByNameOnly: true),
            }),
        new("quick", TrainLimit: 24_000, ValidationLimit: 4000, TestLimit: null, SliceEpochs: 10, SliceTimeoutMinutes: 60,
            new Dictionary<string, Recipe>
            {
                ["model1"] = new(Batch: 256, Epochs: [10]),
                ["model3"] = new(Batch: 128, Epochs: [8]),
                ["model4"] = new(Batch: 128, Epochs: [4]),
                ["model4-annealed"] = new(Batch: 128, Epochs: [4, 5], ByNameOnly: true),
                ["model4-muon"] = new(Batch: 128, Epochs: [4, 5], ByNameOnly: true),
                ["model4-pruned"] = new(Batch: 128, Epochs: [4, 3, 2], ByNameOnly: true),
                ["model4-slim"] = new(Batch: 128, Epochs: [4, 12], ByNameOnly: true),
                ["resnet18"] = new(Batch: 64, Epochs: [1, 2], TrainLimit: 8000),
                ["resnet18-finetuned"] = new(Epochs: [1, 4], TrainLimit: 4000, ByNameOnly: true),
                ["resnet18-random"] = new(Epochs: [5], TrainLimit: 4000, ByNameOnly: true),
                ["resnet50"] = new(Batch: 32, Epochs: [1, 2], TrainLimit: 4000, ByNameOnly: true),
                ["resnet50-finetuned"] = new(Batch: 32, Epochs: [1, 1, 1, 2], TrainLimit: 2000, ByNameOnly: true),
            }),
        new("report", TrainLimit: null, ValidationLimit: null, TestLimit: null, SliceEpochs: 10, SliceTimeoutMinutes: 720,
            ModelCatalogue.Study.ToDictionary(spec => spec.Name, _ => new Recipe())),
        // The fewest images and epochs that reach the study's best accuracy.
        new("fast", TrainLimit: 16_000, ValidationLimit: 2000, TestLimit: null, SliceEpochs: 10, SliceTimeoutMinutes: 60,
            new Dictionary<string, Recipe> { ["strong"] = new(Epochs: [2]) }),
        // 45 minutes on two cores of an EPYC with AVX-512, one training on each.
        new("best", TrainLimit: null, ValidationLimit: null, TestLimit: null, SliceEpochs: 10, SliceTimeoutMinutes: 240,
            new Dictionary<string, Recipe>
            {
                ["strong"] = new(Seeds: 3),
                ["strong-garments"] = new(),
            }),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(preset => preset.Name)];

    /// <summary>Returns the definition of a run with these options: its effective configuration and the specs of its models.</summary>
    /// <param name="threads">CPU threads of one training process, given the number of trainings.</param>
    /// <param name="dataset">The registered data set that the options name; null for Fashion-MNIST.</param>
    /// <exception cref="InvalidInputException">An option is invalid; the message names it.</exception>
    public static RunDefinition Configure(ComparisonOptions options, Func<int, int> threads, DatasetDescription? dataset = null)
    {
        var data = new RunDataset(dataset);
        var preset = All.FirstOrDefault(preset => preset.Name == (options.Preset ?? Default))
            ?? throw UnknownName.Refuse("preset", options.Preset!, "preset", Names);
        var areNamed = options.Models is not null || options.Specs is not null;
        var (chosen, leftOut) = data.Adapt(ChooseModels(preset, options), areNamed);
        var set = SpecOptions.ByModel(options.Set, [.. chosen.Select(spec => spec.Name)]);
        var epochs = ChosenEpochs.Of(options.Epochs, set, chosen);
        var seeds = Trainings(options);
        var labels = data.LabelsOf(options);
        var trained = options with { Epochs = epochs, Seeds = options.Folds ?? options.Seeds };
        ConfiguredModel[] configured =
        [
            .. chosen.Select(spec => new ConfiguredModel(spec, FitToSet(spec, Configure(spec, preset.RecipeOf(spec), trained)))
                .With([.. set[spec.Name].Where(option => option.Key != SpecOptions.Epochs)], data.ClassesOf(labels))),
        ];
        ModelConfiguration[] models = [.. configured.Select(model => model.Configuration)];
        CheckClassWeights(options, chosen, data.ClassesOf(labels));
        var search = options.Search is null ? null : SearchedModel.Configure(options.Search, configured, data.ClassesOf(labels));
        if (search is not null && seeds > 1)
        {
            var option = options.Folds is null ? "seeds" : "folds";
            throw new InvalidInputException($"{option}: a search trains each trial once; leave it out.");
        }

        var run = new RunDefinition
        {
            Configuration = new RunConfiguration
            {
                Preset = preset.Name,
                Dataset = dataset?.Name,
                Labels = labels,
                Split = data.SplitOf(options),
                SplitSeed = SplitSeed,
                ValidationShare = options.Folds is { } folds ? 1.0 / folds : ValidationShare,
                Folds = options.Folds,
                TestShare = data.TestShare,
                TrainLimit = preset.TrainLimit,
                ValidationLimit = preset.ValidationLimit,
                TestLimit = preset.TestLimit,
                Models = models,
                LeftOut = leftOut is [] ? null : leftOut,
                Set = SpecOptions.InOrder(options.Set),
                ClassWeights = options.ClassWeights is true ? true : null,
                Search = search,
                Ensembles = options.Folds is null
                    ? [.. EnsembleConfiguration.All.Where(ensemble => Trainings(models, ensemble.Members, seeds) > 1)] : [],
                Seeds = [.. Enumerable.Range(1, seeds)],
                AllowRandomWeights = options.AllowRandomWeights ?? false,
                Budget = options.Budget is { } budget ? TimeBudget.Parse(budget) : null,
                SliceEpochs = preset.SliceEpochs,
                Device = options.Device ?? DeviceChoice.Auto,
                ThreadsPerTraining = threads(search is null
                    ? models.Sum(model => model.Seeds?.Count ?? seeds) : 1 + search.TrialsOfRounds()[0]),
                SliceTimeoutMinutes = preset.SliceTimeoutMinutes,
            },
            Specs = [.. configured.Select(model => model.Spec)],
            Dataset = dataset,
            DataSha256 = data.Sha256,
        };
        data.CheckImages(run.Configuration);
        return run;

        ModelConfiguration FitToSet(ModelSpec spec, ModelConfiguration recipe) =>
            options.Specs?.Contains(spec) == true || epochs?.ContainsKey(spec.Name) == true || set[spec.Name].Any(SmallSetRecipe.IsSetBy)
                ? recipe
                : data.Fit(recipe, preset.TrainLimit, options.Folds is { } count ? 1.0 / count : ValidationShare);
    }

    /// <summary>
    /// Threads for each of <paramref name="trainings"/> that share <paramref name="cores"/>. Several one-thread processes are
    /// faster than one process with all threads.
    /// </summary>
    public static int ThreadsPerTraining(int cores, int trainings) => Math.Max(1, cores / Math.Min(trainings, cores));

    /// <summary>Trainings of each model: one for each fold, or for each seed.</summary>
    private static int Trainings(ComparisonOptions options)
    {
        if (options is { Folds: not null, Seeds: not null })
        {
            throw new InvalidInputException("folds: every fold is trained once, with a seed of its own; leave seeds or folds out.");
        }

        if (options.Folds is < ComparisonOptions.FewestFolds or > ComparisonOptions.MostFolds)
        {
            throw new InvalidInputException(
                $"folds: {options.Folds} is not a number from {ComparisonOptions.FewestFolds} to {ComparisonOptions.MostFolds}.");
        }

        var seeds = options.Folds ?? options.Seeds ?? 1;
        return seeds is >= 1 and <= MaxSeeds
            ? seeds
            : throw new InvalidInputException($"seeds: {seeds} is not a number from 1 to {MaxSeeds}.");
    }

    private static int Trainings(IEnumerable<ModelConfiguration> models, IReadOnlyList<string> names, int seeds) =>
        models.Where(model => names.Contains(model.Name)).Sum(model => model.Seeds?.Count ?? seeds);

    private static List<ModelSpec> ChooseModels(Preset preset, ComparisonOptions options)
    {
        var own = options.Specs ?? [];
        var names = options.Models ?? (own.Count > 0 ? [.. own.Select(spec => spec.Name)] : null);
        if (names is null)
        {
            return [.. preset.Models.Where(model => !model.Value.ByNameOnly).Select(model => ModelCatalogue.Get(model.Key))];
        }

        if (names.Count == 0)
        {
            throw new InvalidInputException("models: the list is empty; name at least one model or leave it out.");
        }

        var models = names.Select(name => own.FirstOrDefault(spec => spec.Name == name) ?? ModelCatalogue.Get(name)).ToList();
        if (own.FirstOrDefault(spec => !models.Contains(spec)) is { } extra)
        {
            throw new InvalidInputException($"specs: '{extra.Name}' is not in models, or two specs have that name.");
        }

        var twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? models : throw new InvalidInputException($"models: '{twice.Key}' is named twice.");
    }

    private static void CheckClassWeights(ComparisonOptions options, IReadOnlyList<ModelSpec> models, ClassLabels labels)
    {
        if (options.ClassWeights is true && models.FirstOrDefault(spec => !spec.Head.For(labels).LearnsLabels) is { } other)
        {
            throw new InvalidInputException(
                $"classWeights: '{other.Name}' learns garments and not the labels of the run, so that their classes cannot be weighted; "
                + "leave the model or the class weights out.");
        }
    }

    private static ModelConfiguration Configure(ModelSpec spec, Recipe recipe, ComparisonOptions options)
    {
        var epochs = options.Epochs;
        var phases = recipe.Epochs is { } own
            ? [.. spec.Phases.Zip(own, (phase, count) => phase with { Epochs = count })]
            : spec.Phases;
        if (recipe.FallingRate is { } rate)
        {
            phases = [.. phases.Select(phase => phase with { LearningRate = rate, Schedule = LearningRateSchedule.FallingToZero })];
        }

        return new ModelConfiguration
        {
            Name = spec.Name,
            BatchSize = recipe.Batch ?? spec.BatchSize,
            Phases = epochs is not null && epochs.TryGetValue(spec.Name, out var total) ? ChosenEpochs.Spread(phases, total) : phases,
            TrainLimit = recipe.TrainLimit,
            Seeds = options.Seeds is null && recipe.Seeds is { } count ? [.. Enumerable.Range(1, count)] : null,
        };
    }
}
