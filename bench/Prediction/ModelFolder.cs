using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.PredictionBenchmarks;

/// <summary>The files of one trained model, fetched out of storage.</summary>
internal static class ModelFolder
{
    public static string Onnx(string folder) => Path.Combine(folder, "model.onnx");

    public static string Safetensors(string folder) => Path.Combine(folder, "model.safetensors");

    /// <summary>The model's name, such as <c>model1</c>.</summary>
    public static string Name(string folder) => File.ReadAllText(NameFile(folder));

    public static async Task FetchAsync(string connection, string model, string folder)
    {
        var storage = FashionStorage.Connect(connection);
        var version = await ModelReference.FindAsync(new ModelRegistry(storage, TimeProvider.System), model, CancellationToken.None);
        var blobs = StorageNames.TrainingFolder(version.RunId, version.Model, version.Seed);
        foreach (var file in new[] { Onnx(folder), Safetensors(folder) })
        {
            await storage.Container(StorageNames.Runs).GetBlobClient(blobs + Path.GetFileName(file)).DownloadToAsync(file);
        }

        await File.WriteAllTextAsync(NameFile(folder), version.Model);
    }

    private static string NameFile(string folder) => Path.Combine(folder, "name");
}
