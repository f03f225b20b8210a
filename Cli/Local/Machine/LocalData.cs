using ServerlessFashion.Cli.Display;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Models;
using ServerlessFashion.Training;

namespace ServerlessFashion.Cli.Local.Machine;

/// <summary>The data set and the ImageNet weights on this machine.</summary>
internal sealed class LocalData(DatasetLocator datasets, ImageNetWeights weights, Output output)
{
    /// <summary>Where the ImageNet weights are, or would be.</summary>
    public string WeightsFile => weights.PathOf(ImageNetFile.ResNet50);

    /// <inheritdoc cref="DatasetLocator.CheckNamed"/>
    public void CheckNamed() => datasets.CheckNamed();

    /// <summary>Finds or downloads the four files of Fashion-MNIST.</summary>
    /// <exception cref="InvalidInputException">They cannot be found; the message says what to do.</exception>
    public async Task<DatasetFolder> LocateAsync(CancellationToken cancellation)
    {
        var files = await datasets.LocateAsync(new ActionProgress<string>(output.Line), cancellation);
        return new DatasetFolder(Path.GetDirectoryName(files.TrainImages)!, files);
    }

    /// <summary>Writes the competition's CSV files to a folder.</summary>
    public static Task ExportAsync(FashionMnist images, string folder, CancellationToken cancellation) =>
        CompetitionCsv.ExportAsync(images, folder, cancellation);

    /// <summary>Downloads the ImageNet weights of ResNet50 where they are missing, and checks them.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="InvalidInputException">They cannot be downloaded or used; the message says what to do.</exception>
    public async Task<string> GetWeightsAsync(CancellationToken cancellation)
    {
        var file = await weights.GetAsync(ImageNetFile.ResNet50, new ActionProgress<string>(output.Line), cancellation);
        PretrainedWeights.Read(ImageNetFile.ResNet50, file, file);
        return file;
    }
}

/// <summary>The folder with the four files of Fashion-MNIST.</summary>
internal sealed class DatasetFolder(string path, FashionMnistFiles files)
{
    public string Path => path;

    /// <summary>Reads the files and checks their content.</summary>
    /// <exception cref="InvalidInputException">A file is not the published one.</exception>
    public FashionMnist Load() => files.Load();
}
