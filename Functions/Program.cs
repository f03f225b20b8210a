using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessFashion;
using ServerlessFashion.Functions.Hosting;
#if API
using ServerlessFashion.Functions.Http;
using ServerlessFashion.Functions.Incoming;
#endif
#if TRAINER
using ServerlessFashion.Functions.Trainer;
#endif

#if TRAINER
if (args is ["check-libtorch"])
{
    Environment.ExitCode = LibtorchCheck.Run(Console.Out, Console.Error);
    return;
}

#endif
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services
    .AddSingleton(TimeProvider.System)
    .AddFashionStorage(builder.Configuration)
    .Configure<WorkerOptions>(options => options.Serializer = new JsonObjectSerializer(Json.Compact));
#if API
builder.Services.AddPipeline().AddApi(builder.Configuration).AddIncoming();
#endif
#if TRAINER
builder.Services.AddTrainer();
#endif
await builder.Build().RunAsync();
