using Azure.Data.Tables;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Storage;

/// <summary>The columns of a run's row in table <c>Runs</c>.</summary>
internal static class RunRow
{
    /// <summary>PartitionKey of the rows under the runs' ids.</summary>
    public const string Partition = "run";

    private const string PresetColumn = "Preset";
    private const string DatasetColumn = "Dataset";
    private const string ModelsColumn = "Models";
    private const string DeletedColumn = "Deleted";
    private const string NameColumn = "Name";
    private const string TagsColumn = "Tags";
    private const string NotesColumn = "Notes";
    private const string BestModelColumn = "BestModel";
    private const string BestSeedColumn = "BestSeed";
    private const string BestValidationColumn = "BestValidationAccuracy";
    private const string BestTestColumn = "BestTestAccuracy";

    /// <summary>Only in rows that were stored before runs had definitions, see <see cref="RunMigration"/>.</summary>
    private const string ConfigurationColumn = "Configuration";

    /// <summary>Neither the name of a model nor a tag contains it.</summary>
    private const char Separator = ' ';

    /// <summary>The row under a run's id; null if there is none.</summary>
    public static async Task<TableEntity?> FindAsync(TableClient table, string id, CancellationToken cancellation)
    {
        if (!RunIds.IsValid(id))
        {
            return null;
        }

        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    public static InvalidInputException Unknown(string id) => new($"run: '{id}' does not exist; `fashion runs` lists the runs.");

    /// <summary>The row of a run.</summary>
    /// <param name="before">The row that this one replaces; null for a new run.</param>
    public static TableEntity Write(RunRecord run, TableEntity? before)
    {
        var entity = new TableEntity(Partition, run.Id)
        {
            ["Status"] = run.Status.ToString(),
            ["CreatedAt"] = run.CreatedAt,
            ["StartedAt"] = run.StartedAt,
            ["FinishedAt"] = run.FinishedAt,
            ["BegunAt"] = run.BegunAt,
            ["Winner"] = run.Winner,
            ["Error"] = run.Error,
            [PresetColumn] = run.Preset,
            [DatasetColumn] = run.Dataset,
            [ModelsColumn] = string.Join(Separator, run.Models),
            [NameColumn] = run.Description.Name,
            [TagsColumn] = run.Description.Tags is [] ? null : string.Join(Separator, run.Description.Tags),
            [NotesColumn] = run.Description.Notes,
            [BestModelColumn] = run.Best?.Model,
            [BestSeedColumn] = run.Best?.Seed,
            [BestValidationColumn] = run.Best?.ValidationAccuracy,
            [BestTestColumn] = run.Best?.TestAccuracy,
        };
        if (before?.GetString(ConfigurationColumn) is { } configuration)
        {
            entity[ConfigurationColumn] = configuration;
        }

        return entity;
    }

    public static RunRecord Read(TableEntity entity)
    {
        var run = new RunRecord
        {
            Id = entity.RowKey,
            Status = Enum.Parse<RunStatus>(entity.GetString("Status")),
            CreatedAt = entity.GetDateTimeOffset("CreatedAt")!.Value,
            StartedAt = entity.GetDateTimeOffset("StartedAt"),
            FinishedAt = entity.GetDateTimeOffset("FinishedAt"),
            BegunAt = entity.GetDateTimeOffset("BegunAt"),
            Preset = entity.GetString(PresetColumn) ?? "",
            Dataset = entity.GetString(DatasetColumn),
            Models = entity.GetString(ModelsColumn)?.Split(Separator) ?? [],
            Winner = entity.GetString("Winner"),
            Error = entity.GetString("Error"),
            Best = ReadBest(entity),
            Description = RunDescription.FromStorage(
                entity.GetString(NameColumn), entity.GetString(TagsColumn)?.Split(Separator) ?? [], entity.GetString(NotesColumn)),
        };
        return FindConfiguration(entity) is { } configuration ? run.With(configuration) : run;
    }

    /// <summary>A query for the runs of that name.</summary>
    public static string WithName(string name) => TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Name eq {name}");

    /// <summary>A query for the runs whose id begins with <paramref name="prefix"/>.</summary>
    public static string WithPrefix(string prefix)
    {
        // No id contains a character after '~'.
        var end = prefix + "~";
        return TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {prefix} and RowKey lt {end}");
    }

    /// <summary>A query for the runs with this status, and created since then; null for any.</summary>
    public static string With(RunStatus? status, DateTimeOffset? since)
    {
        var conditions = new List<string> { TableClient.CreateQueryFilter($"PartitionKey eq {Partition}") };
        if (status is { } wanted)
        {
            conditions.Add(TableClient.CreateQueryFilter($"Status eq {wanted.ToString()}"));
        }

        if (since is { } first)
        {
            conditions.Add(TableClient.CreateQueryFilter($"CreatedAt ge {first}"));
        }

        return string.Join(" and ", conditions);
    }

    /// <summary>The configuration in a row that was stored before runs had definitions; null in a later one.</summary>
    public static RunConfiguration? FindConfiguration(TableEntity entity) =>
        entity.GetString(ConfigurationColumn) is { } json ? RunMigration.ReadConfiguration(entity.RowKey, json) : null;

    public static bool IsDeleted(TableEntity entity) => entity.GetBoolean(DeletedColumn) == true;

    /// <summary>The row with the mark of a deletion that has begun; the same row where the run has not ended or is marked.</summary>
    public static TableEntity Hide(TableEntity entity)
    {
        if (Read(entity) is not { IsFinished: true } run || IsDeleted(entity))
        {
            return entity;
        }

        var hidden = Write(run, entity);
        hidden[DeletedColumn] = true;
        return hidden;
    }

    private static EvaluatedModel? ReadBest(TableEntity entity) => entity.GetString(BestModelColumn) is { } model
        ? new EvaluatedModel(
            model, entity.GetInt32(BestSeedColumn) ?? 0, entity.GetDouble(BestValidationColumn) ?? double.NaN,
            entity.GetDouble(BestTestColumn) ?? double.NaN)
        : null;
}
