namespace ServerlessFashion.Scale;

/// <summary>Requests to the storage account, by kind.</summary>
internal readonly record struct Requests
{
    /// <summary>GET and HEAD of a blob, but for the cancel flag.</summary>
    public double BlobReads { get; init; }

    /// <summary>PUT of a blob, of a block or of a block list.</summary>
    public double BlobWrites { get; init; }

    public double BlobDeletes { get; init; }

    public double BlobLists { get; init; }

    /// <summary>Acquire, renew and release; the lock of a training.</summary>
    public double Leases { get; init; }

    /// <summary>Looks at the run's cancel flag, once a second of training.</summary>
    public double CancelPolls { get; init; }

    public double TableReads { get; init; }

    public double TableWrites { get; init; }

    /// <summary>Megabytes (10^6 bytes) that come out of storage.</summary>
    public double ReadMegabytes { get; init; }

    /// <summary>Megabytes (10^6 bytes) that go into storage.</summary>
    public double WrittenMegabytes { get; init; }

    public double Total => ByKind.Sum(kind => kind.Count);

    public IReadOnlyList<(string Kind, double Count)> ByKind =>
    [
        ("blob reads", BlobReads), ("blob writes", BlobWrites), ("blob deletes", BlobDeletes), ("blob lists", BlobLists),
        ("leases", Leases), ("cancel polls", CancelPolls), ("table reads", TableReads), ("table writes", TableWrites),
    ];

    public static Requests operator +(Requests a, Requests b) => new()
    {
        BlobReads = a.BlobReads + b.BlobReads,
        BlobWrites = a.BlobWrites + b.BlobWrites,
        BlobDeletes = a.BlobDeletes + b.BlobDeletes,
        BlobLists = a.BlobLists + b.BlobLists,
        Leases = a.Leases + b.Leases,
        CancelPolls = a.CancelPolls + b.CancelPolls,
        TableReads = a.TableReads + b.TableReads,
        TableWrites = a.TableWrites + b.TableWrites,
        ReadMegabytes = a.ReadMegabytes + b.ReadMegabytes,
        WrittenMegabytes = a.WrittenMegabytes + b.WrittenMegabytes,
    };

    public static Requests operator *(double factor, Requests a) => new()
    {
        BlobReads = factor * a.BlobReads,
        BlobWrites = factor * a.BlobWrites,
        BlobDeletes = factor * a.BlobDeletes,
        BlobLists = factor * a.BlobLists,
        Leases = factor * a.Leases,
        CancelPolls = factor * a.CancelPolls,
        TableReads = factor * a.TableReads,
        TableWrites = factor * a.TableWrites,
        ReadMegabytes = factor * a.ReadMegabytes,
        WrittenMegabytes = factor * a.WrittenMegabytes,
    };
}
