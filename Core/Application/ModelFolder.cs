using ServerlessFashion.Reporting.ModelCards;

namespace ServerlessFashion.Application;

/// <summary>A folder into which a model package is written.</summary>
public sealed class ModelFolder(string path)
{
    /// <summary>Refuses a folder that has files of these names, unless an earlier export of the same model wrote them.</summary>
    /// <exception cref="InvalidInputException">The folder has a file of somebody else.</exception>
    public void RequireOwn(ModelPackage package)
    {
        var existing = package.Files.Select(file => file.Name).FirstOrDefault(name => Path.Exists(Path.Combine(path, name)));
        if (existing is not null && FindModelId() != package.Id)
        {
            throw new InvalidInputException(
                $"output: {Path.Combine(path, existing)} exists and is not an earlier export of {package.Id}; choose another folder.");
        }
    }

    /// <summary>Writes all files. Each appears with its whole content or not at all.</summary>
    public async Task WriteAsync(ModelPackage package, CancellationToken cancellation)
    {
        var folder = new ReportFolder(path);
        foreach (var file in package.Files)
        {
            await folder.WriteAsync(file.Name, async target =>
            {
                await using var content = await file.OpenAsync(cancellation);
                await content.CopyToAsync(target, cancellation);
            });
        }
    }

    /// <summary>The model of the model card in the folder; null if there is no card of this program.</summary>
    private string? FindModelId()
    {
        var card = Path.Combine(path, ModelCard.FileName);
        return File.Exists(card) ? ModelCardMetadata.FindModelId(File.ReadAllText(card)) : null;
    }
}
