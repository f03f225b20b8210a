using System.Diagnostics;
using System.Security.Cryptography;
using Azure;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Registry;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>Keeps the most recently used classifiers loaded. An evicted classifier is closed when its last user returns it.</summary>
public sealed class ClassifierCache(FashionStorage storage, ILogger<ClassifierCache>? log = null) : IDisposable
{
    /// <summary>Room for the champion and one other model: the previous champion or a model requested by name.</summary>
    private const int Capacity = 2;

    private readonly ILogger _log = log ?? NullLogger<ClassifierCache>.Instance;
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    /// <summary>Returns a lease on the classifier of <paramref name="version"/>. Dispose it after use.</summary>
    /// <exception cref="InvalidInputException">The model's file is missing or damaged.</exception>
    public async Task<ClassifierLease> RentAsync(ModelVersion version, CancellationToken cancellation)
    {
        var entry = Enter(version);
        try
        {
            return new ClassifierLease(await entry.Loading.WaitAsync(cancellation), () => Leave(entry));
        }
        catch
        {
            Leave(entry);
            throw;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var entry in _entries)
            {
                entry.Close();
            }

            _entries.Clear();
        }
    }

    /// <summary>Finds or creates an entry and counts its new user. The most recently used entry is the last one.</summary>
    private Entry Enter(ModelVersion version)
    {
        lock (_gate)
        {
            var key = $"{version.OnnxBlob} {version.OnnxSha256}";
            var entry = _entries.Find(known => known.Key == key && !known.Loading.IsFaulted)
                ?? new Entry(key, Task.Run(() => LoadAsync(version)));
            entry.Users++;
            _entries.Remove(entry);
            _entries.Add(entry);
            if (_entries.Count > Capacity)
            {
                _entries[0].Close();
                _entries.RemoveAt(0);
            }

            return entry;
        }
    }

    private void Leave(Entry entry)
    {
        lock (_gate)
        {
            entry.Users--;
            entry.CloseIfUnused();
        }
    }

    private async Task<ImageClassifier> LoadAsync(ModelVersion version)
    {
        var began = Stopwatch.GetTimestamp();
        var classifier = await LoadCheckedAsync(version);
        _log.ModelLoaded(version.Id, Stopwatch.GetElapsedTime(began).TotalSeconds);
        return classifier;
    }

    private async Task<ImageClassifier> LoadCheckedAsync(ModelVersion version)
    {
        BinaryData content;
        try
        {
            content = (await storage.Container(StorageNames.Runs).GetBlobClient(version.OnnxBlob).DownloadContentAsync()).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw new InvalidInputException($"model: the file of {version.Id} is gone from storage; promote another model.", e);
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        return sha256 == version.OnnxSha256
            ? ImageClassifier.Load(content.ToArray(), version.Id)
            : throw new InvalidInputException($"model: the file of {version.Id} should have SHA-256 {version.OnnxSha256}, found {sha256}.");
    }

    private sealed class Entry(string key, Task<ImageClassifier> loading)
    {
        private bool _closed;

        public string Key => key;

        public Task<ImageClassifier> Loading => loading;

        public int Users { get; set; }

        public void Close()
        {
            _closed = true;
            CloseIfUnused();
        }

        public void CloseIfUnused()
        {
            if (_closed && Users == 0)
            {
                _ = loading.ContinueWith(
                    loaded => loaded.Result.Dispose(), CancellationToken.None,
                    TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }
}

/// <summary>The right to use a classifier until the lease is disposed.</summary>
public sealed class ClassifierLease : IDisposable
{
    private Action? _giveBack;

    internal ClassifierLease(ImageClassifier classifier, Action giveBack) => (Classifier, _giveBack) = (classifier, giveBack);

    public ImageClassifier Classifier { get; }

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
