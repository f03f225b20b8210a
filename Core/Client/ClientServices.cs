using System.Net.Http;
using System.Net.Http.Headers;
using System.Reflection;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Requests;

namespace ServerlessFashion.Client;

/// <summary>Registers the client of a server.</summary>
public static class ClientServices
{
    /// <summary>After this time a large file is sent without the consent of the server: some proxies never pass it on.</summary>
    private static readonly TimeSpan ConsentTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Registers what a user can ask, answered by a server. It replaces the services of this process that are registered before. Needs a
    /// clock and the batches of predictions. What a request waits for is reported to the progress of <see cref="ServerNotice"/>, if the
    /// process has one.
    /// </summary>
    public static IServiceCollection AddServer(this IServiceCollection services, ServerOptions options) => services
        .AddSingleton(provider => Connect(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetService<IProgress<ServerNotice>>()))
        .AddSingleton(provider => new RemoteComparisons(
            provider.GetRequiredService<ServerConnection>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new RunWatch(
            provider.GetRequiredService<RemoteComparisons>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new RemoteReports(provider.GetRequiredService<ServerConnection>()))
        .AddSingleton<RemoteModels>()
        .AddSingleton<IComparisonService>(provider => provider.GetRequiredService<RemoteComparisons>())
        .AddSingleton<IModelService>(provider => provider.GetRequiredService<RemoteModels>())
        .AddSingleton<ISpecService, RemoteSpecs>()
        .AddSingleton<IPredictionService, RemotePredictions>()
        .AddSingleton<IUploadService, RemoteUploads>()
        .AddSingleton<IDatasetService, RemoteDatasets>()
        .AddSingleton<IReportService>(provider => provider.GetRequiredService<RemoteReports>());

    private static ServerConnection Connect(ServerOptions options, TimeProvider time, IProgress<ServerNotice>? notices)
    {
        // A redirection could carry the key to another host.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = ServerConnection.ConnectTimeout,
            Expect100ContinueTimeout = ConsentTimeout,
            SslOptions = { RemoteCertificateValidationCallback = ServerCertificate.Check },
        };
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("fashion", Version()));
        TokenCredential? credential = options.Scope is null ? null : new DefaultAzureCredential();
        return new ServerConnection(http, options.Address, new SignIn(options.Key, credential, options.Scope, time), time, notices);
    }

    private static string Version() =>
        typeof(ClientServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
