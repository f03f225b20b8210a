using Azure.Data.Tables;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Storage;

/// <summary>The columns of a run's row in table <c>Runs</c>.</summary>
internal static class RunRow
{
    /// <summary>PartitionKey of the rows under the runs' ids.</summary>
    public const string Partition = "run";

    private const string PresetColumn = "Preset";
    private const string ModelsColumn = "Models";
    private const string DeletedColumn = "Deleted";

    /// <summary>Only in rows that were stored before runs had definitions, see <see cref="RunMigration"/>.</summary>
    private const string ConfigurationColumn = "Configuration";

    private const char NameSeparator = ' ';

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
            [ModelsColumn] = string.Join(NameSeparator, run.Models),
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
            Models = entity.GetString(ModelsColumn)?.Split(NameSeparator) ?? [],
            Winner = entity.GetString("Winner"),
            Error = entity.GetString("Error"),
        };
        return FindConfiguration(entity) is { } configuration ? run.With(configuration) : run;
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
}
