namespace ServerlessFashion.Scale;

/// <summary>
/// What each step of the pipeline asks of storage, when the data set is in storage and a champion is there. Read from the
/// access log of Azurite 3.35.0 of one run of <c>./fashion compare --preset smoke</c>; <c>requests LOG</c> counts such a
/// log, and a test compares both. The lock of a whole run is left out: only the local runner takes one.
/// </summary>
internal static class StorageCost
{
    /// <summary>The four files of the data set, which every step that looks at images reads whole.</summary>
    private const int DataSetFiles = 4;

    /// <summary>Renewals of a lease in a second.</summary>
    private const double Renewals = 1.0 / 5;

    /// <summary>16 MiB blocks of a checkpoint (weights and both moments), and 4 MiB blocks of a weights file, by model.</summary>
    private static readonly Dictionary<string, (int Checkpoint, int Weights)> Blocks = new()
    {
        ["model1"] = (1, 1),
        ["model3"] = (1, 1),
        ["model4"] = (3, 4),
        ["resnet50"] = (9, 23),
    };

    /// <summary>The row of the run and its entry in the list.</summary>
    public static Requests Start { get; } = new() { TableWrites = 2 };

    public static Requests RecordStatus { get; } = new() { TableReads = 1, TableWrites = 1 };

    /// <summary>Result, four files found and read, weights looked for; split and result written.</summary>
    public static Requests PrepareData { get; } = new() { BlobReads = 2 + (2 * DataSetFiles), BlobWrites = 2, TableReads = 1 };

    public static Requests EvaluateEnsemble { get; } = new() { BlobReads = 10, BlobWrites = 8, TableReads = 1 };

    /// <summary>Run, pointer, prepared data, split, data set; environment; the lock twice.</summary>
    private static Requests Slice { get; } = new() { BlobReads = 3 + DataSetFiles, BlobWrites = 1, Leases = 2, TableReads = 1 };

    /// <summary>Data set, pointer for evaluation and for the orphans, list of them, predictions, evaluation.</summary>
    private static Requests Evaluation { get; } =
        new() { BlobReads = 5 + DataSetFiles, BlobWrites = 5, BlobLists = 1, Leases = 2, TableReads = 1 };

    public static Requests OfCompareModels(int models) => new() { BlobReads = 1 + models, BlobWrites = 1 };

    /// <param name="models">Each brings files of its own into the report.</param>
    public static Requests OfWriteReport(int models) =>
        new() { BlobReads = 5 + models + DataSetFiles, BlobWrites = ReportFiles(models), TableReads = 1 };

    /// <summary>Result, comparison; champion and challenger with their evaluations; every model read and registered.</summary>
    public static Requests OfPromoteChampion(IReadOnlyList<string> models) => new()
    {
        BlobReads = 4 + models.Sum(model => 3 + BlocksOf(model).Weights),
        BlobWrites = 1,
        TableReads = 4,
        TableWrites = models.Count,
    };

    /// <param name="seconds">Time of work of the slice.</param>
    public static Requests OfTrainSlice(string model, int epochs, bool first, double seconds)
    {
        var blocks = BlocksOf(model).Checkpoint;
        var every = new Requests { BlobWrites = 2 + blocks + 1, BlobDeletes = 1, TableWrites = 1 };
        // The first slice makes the lock's blob; a later one reads the checkpoint, and its header before that.
        var begin = first
            ? new Requests { BlobWrites = 1, Leases = 1, BlobDeletes = -Math.Min(2, epochs) }
            : new Requests { BlobReads = 2 + 1 + blocks, TableWrites = 1 };
        return Slice + begin + (epochs * every) + new Requests { CancelPolls = 1 + Math.Floor(seconds), Leases = seconds * Renewals };
    }

    /// <summary>Three looks at checkpoints, of which two read the weights; both weights files.</summary>
    public static Requests OfEvaluateModel(string model, double seconds)
    {
        var weights = BlocksOf(model).Weights;
        // The weights come before the moments; a read takes 16 MiB.
        var reads = (weights + 3) / 4;
        return Evaluation
            + new Requests { BlobReads = 3 + 1 + (2 * reads) + 1, BlobWrites = 2 * (2 + weights), Leases = seconds * Renewals };
    }

    /// <summary>Files of the report: 113 with four models.</summary>
    private static int ReportFiles(int models) => 53 + (15 * models);

    private static (int Checkpoint, int Weights) BlocksOf(string model) => Blocks.GetValueOrDefault(model, (1, 1));
}
