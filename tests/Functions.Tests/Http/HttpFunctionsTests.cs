using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Azure.Functions.Worker;
using ServerlessFashion.Api;
using ServerlessFashion.Application;
using ServerlessFashion.Devices;
using ServerlessFashion.Functions.Http;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Functions.Tests.Http;

/// <summary>Attributes must be constants, so the functions repeat the route table; this holds the two together.</summary>
public sealed class HttpFunctionsTests
{
    [Fact]
    public void Functions_OfTheApi_AreItsRoutes()
    {
        var storage = FashionStorage.Connect("UseDevelopmentStorage=true");
        using var random = RandomNumberGenerator.Create();
        var machine = new TrainingMachine(_ => 1, asked => asked ?? DeviceChoice.Auto);
        var application = ApplicationFactory.Create(
            storage, TestServices.On(storage).Create<DurableComparisonHost>(), machine, TimeProvider.System, random);
        var api = new FashionApi(storage, application, TimeProvider.System);

        Assert.Equal(
            api.Routes.Select(route => $"{route.Name}: {route.Method} {route.Pattern.TrimStart('/')}, {(route.IsPublic ? "Anonymous" : "Function")}").Order(),
            Functions().Order());
    }

    private static IEnumerable<string> Functions() =>
        from type in typeof(ServiceFunctions).Assembly.GetTypes()
        where type.Namespace == typeof(ServiceFunctions).Namespace
        from method in type.GetMethods()
        let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
        where name is not null
        let trigger = method.GetParameters()[0].GetCustomAttribute<HttpTriggerAttribute>()!
        select $"{name}: {trigger.Methods!.Single().ToUpperInvariant()} {trigger.Route}, {trigger.AuthLevel}";
}
