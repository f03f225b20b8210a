using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessFashion;
using ServerlessFashion.Functions.Hosting;
using ServerlessFashion.Hosting;
using ServerlessFashion.Serialization;
#if API
using ServerlessFashion.Functions.Http;
#endif
#if TRAINER
using ServerlessFashion.Functions.Trainer;
#endif

const int CannotRunHere = 2;

LoopbackProxyBypass.Apply();

try
{
#if TRAINER
    // For the build of an image.
    if (args is ["check-libtorch"])
    {
        Console.WriteLine(TrainingLibrary.Check());
        return 0;
    }

#endif
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.Services
        .AddCommon(builder.Configuration)
        .Configure<WorkerOptions>(options => options.Serializer = new JsonObjectSerializer(Json.Compact));
    var telemetry = builder.Services.AddFashionTelemetry(builder.Configuration)?.UseFunctionsWorkerDefaults();
    if (telemetry is not null)
    {
        builder.Services.AddHostedService<TelemetryFlush>();
    }

#if API
    if (telemetry is not null)
    {
        builder.Services.AddHostedService<ActiveRuns>();
    }

    builder.Services.AddApi();
#endif
#if TRAINER
    builder.Services.AddTrainer();
#endif
    using var app = builder.Build();
#if TRAINER
    app.Services.CheckTrainer();
#endif
    await app.RunAsync();
    return 0;
}
catch (InvalidInputException e)
{
    // A setting or the machine is at fault, which the sentence says; the host logs it.
    await Console.Error.WriteLineAsync(e.Message);
    return CannotRunHere;
}
