namespace ServerlessFashion.Scale;

/// <summary>
/// The storage requests of each step of the pipeline if the data set is in storage and there is a champion. Requests: from the
/// access log of Azurite 3.35.0 of one run of <c>./fashion compare --preset smoke</c>; <c>requests LOG</c> counts such a log, and a
/// test compares both. Sizes: those of the blobs that one <c>quick</c> run left (docs/scale.md). The lock of a whole run is left
/// out: only the local runner takes one.
/// </summary>
internal static class StorageCost
{
    /// <summary>The four files of the data set, which every step that looks at images reads whole.</summary>
    private const int DataSetFiles = 4;

    private const double DataSetMegabytes = 30.9;
    private const double SplitMegabytes = .2;
    private const double EvaluationMegabytes = .8;
    private const double PredictionsMegabytes = .5;
    private const double ReportMegabytes = 2.4;

    /// <summary>Maximum size of one read of a checkpoint.</summary>
    private const double ReadBlockMegabytes = 16.8;

    /// <summary>Renewals of a lease in a second.</summary>
    private const double Renewals = 1.0 / 5;

    /// <summary>The blobs of one model.</summary>
    /// <param name="Blocks">Number of 16 MiB blocks of a checkpoint, which contains weights and moments.</param>
    /// <param name="WeightBlocks">Number of 4 MiB blocks of a weights file.</param>
    private sealed record Blobs(int Blocks, double Megabytes, int WeightBlocks, double WeightMegabytes)
    {
        /// <summary>Reads of a checkpoint that bring the weights, which come before the moments.</summary>
        public int WeightReads => (WeightBlocks + 3) / 4;
    }

    private static readonly Dictionary<string, Blobs> Models = new()
    {
        ["model1"] = new Blobs(1, 4.2, 1, 1.4),
        ["model3"] = new Blobs(1, 2.9, 1, 1.0),
        ["model4"] = new Blobs(3, 40.6, 4, 13.5),
        // 101 MB while the head alone is trained, 172.3 MB in two further epochs of quick; this is the mean.
        ["resnet50"] = new Blobs(9, 148.5, 23, 96.4),
    };

    /// <summary>A look for a run of that id; the definition of the run, its row and its entry in the list.</summary>
    public static Requests Start { get; } = new() { BlobWrites = 1, TableReads = 1, TableWrites = 2 };

    public static Requests RecordStatus { get; } = new() { TableReads = 1, TableWrites = 1 };

    /// <summary>The definition of the run.</summary>
    public static Requests PlanTrainings { get; } = new() { BlobReads = 1 };

    /// <summary>Result, definition, four files found and read, weights looked for; split and result written.</summary>
    public static Requests PrepareData { get; } = new()
    {
        BlobReads = 3 + (2 * DataSetFiles),
        BlobWrites = 2,
        ReadMegabytes = DataSetMegabytes,
        WrittenMegabytes = SplitMegabytes,
    };

    /// <summary>Not read from a log: a guess for presets with a vote.</summary>
    public static Requests EvaluateEnsemble { get; } = new() { BlobReads = 11, BlobWrites = 8 };

    /// <summary>Definition, pointer, prepared data, split, data set; environment; the lock twice.</summary>
    private static Requests Slice { get; } = new()
    {
        BlobReads = 4 + DataSetFiles,
        BlobWrites = 1,
        Leases = 2,
        ReadMegabytes = DataSetMegabytes + SplitMegabytes,
    };

    /// <summary>Definition, data set, pointer for evaluation and for the orphans, list of them, predictions, evaluation.</summary>
    private static Requests Evaluation { get; } = new()
    {
        BlobReads = 6 + DataSetFiles,
        BlobWrites = 5,
        BlobLists = 1,
        Leases = 2,
        ReadMegabytes = DataSetMegabytes + SplitMegabytes,
        WrittenMegabytes = EvaluationMegabytes + PredictionsMegabytes,
    };

    public static Requests OfCompareModels(int models) =>
        new() { BlobReads = 1 + models, BlobWrites = 1, ReadMegabytes = models * EvaluationMegabytes };

    /// <param name="models">Number of models; each adds files to the report.</param>
    public static Requests OfWriteReport(int models) => new()
    {
        BlobReads = 6 + models + DataSetFiles,
        BlobWrites = ReportFiles(models),
        TableReads = 1,
        ReadMegabytes = DataSetMegabytes + SplitMegabytes + (models * EvaluationMegabytes),
        WrittenMegabytes = ReportMegabytes,
    };

    /// <summary>Definition, result, comparison; champion and challenger with their evaluations; every model read and registered.</summary>
    public static Requests OfPromoteChampion(IReadOnlyList<string> models) => new()
    {
        BlobReads = 5 + models.Sum(model => 3 + BlobsOf(model).WeightBlocks),
        BlobWrites = 1,
        TableReads = 3,
        TableWrites = models.Count,
        ReadMegabytes = ((2 + models.Count) * EvaluationMegabytes) + models.Sum(model => BlobsOf(model).WeightMegabytes),
    };

    /// <param name="seconds">Time of work of the slice.</param>
    public static Requests OfTrainSlice(string model, int epochs, bool first, double seconds)
    {
        var blobs = BlobsOf(model);
        var every = new Requests
        {
            BlobWrites = 2 + blobs.Blocks + 1,
            BlobDeletes = 1,
            TableWrites = 1,
            WrittenMegabytes = blobs.Megabytes,
        };
        // The first slice makes the lock's blob; a later one reads the checkpoint, and its header before that.
        var begin = first
            ? new Requests { BlobWrites = 1, Leases = 1, BlobDeletes = -Math.Min(2, epochs) }
            : new Requests
            {
                BlobReads = 2 + 1 + blobs.Blocks,
                TableWrites = 1,
                ReadMegabytes = Math.Min(ReadBlockMegabytes, blobs.Megabytes) + blobs.Megabytes,
            };
        return Slice + begin + (epochs * every) + new Requests { CancelPolls = 1 + Math.Floor(seconds), Leases = seconds * Renewals };
    }

    /// <summary>Three looks at checkpoints, of which two read the weights; both weights files.</summary>
    public static Requests OfEvaluateModel(string model, double seconds)
    {
        var blobs = BlobsOf(model);
        return Evaluation + new Requests
        {
            BlobReads = 3 + 1 + (2 * blobs.WeightReads) + 1,
            BlobWrites = 2 * (2 + blobs.WeightBlocks),
            Leases = seconds * Renewals,
            ReadMegabytes = (1 + (2 * blobs.WeightReads)) * Math.Min(ReadBlockMegabytes, blobs.Megabytes),
            WrittenMegabytes = 2 * blobs.WeightMegabytes,
        };
    }

    /// <summary>Files of the report: 113 with four models.</summary>
    private static int ReportFiles(int models) => 53 + (15 * models);

    private static Blobs BlobsOf(string model) => Models.GetValueOrDefault(model, Models["model1"]);
}
