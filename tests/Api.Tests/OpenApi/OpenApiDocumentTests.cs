using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServerlessFashion.Api.OpenApi;
using ServerlessFashion.Application;
using ServerlessFashion.Devices;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests.OpenApi;

/// <summary>The generated document. Nothing here reaches storage.</summary>
public sealed class OpenApiDocumentTests
{
    private const int ModuleIsMissing = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The document that a host generates.</summary>
    internal static async Task<byte[]> GenerateJsonAsync()
    {
        using var host = CreateHost();
        return await host.Services.GetRequiredService<ApiDocument>().GetAsync();
    }

    internal static async Task<OpenApiDocument> GenerateAsync() => new(await GenerateJsonAsync());

    /// <summary>The approved file began as the outline of the last document that was written by hand.</summary>
    [Fact]
    public async Task Document_Outline_IsTheApprovedOne()
    {
        var approved = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Approved", "openapi.txt"), Cancellation);

        var outline = OpenApiOutline.Of(await GenerateJsonAsync());

        Assert.Equal(approved.TrimEnd(), outline);
    }

    /// <summary>The validator of the Python package openapi-spec-validator knows the specification's own schema.</summary>
    [Fact]
    public async Task Document_Specification_IsFollowed()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("openapi.json");
        await File.WriteAllBytesAsync(file, await GenerateJsonAsync(), Cancellation);

        var (code, output) = await ValidateAsync(file);

        Assert.SkipWhen(code == ModuleIsMissing, "python3 with package openapi-spec-validator is not installed.");
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Document_DocumentThatBreaksTheSpecification_IsFound()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("openapi.json");
        await File.WriteAllTextAsync(file, """{"openapi": "3.1.1", "info": {"title": "no version"}, "paths": {}}""", Cancellation);

        var (code, output) = await ValidateAsync(file);

        Assert.SkipWhen(code == ModuleIsMissing, "python3 with package openapi-spec-validator is not installed.");
        Assert.NotEqual(0, code);
        Assert.Contains("version", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_Operations_AreTheEndpoints()
    {
        using var host = CreateHost();
        var endpoints = host.Services.GetRequiredService<ApiEndpoints>().All.ToList();
        var document = await GenerateAsync();

        Assert.Equal(endpoints.Select(ApiEndpoints.NameOf).Order(), document.Operations.Select(operation => operation.Id).Order());
        Assert.Equal(
            endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(ApiEndpoints.NameOf),
            document.Operations.Where(known => known.Operation["security"]?.AsArray().Count == 0).Select(known => known.Id));
    }

    [Fact]
    public async Task Document_Choices_AreTheOnesOfThePipeline()
    {
        var document = await GenerateAsync();

        Assert.Equal(Presets.Names, document.Choices("ComparisonOptions", "preset"));
        Assert.Equal(["five", "garments", "classes"], document.Choices("LabelScheme"));
        Assert.Equal(["competition", "original", "heldOut"], document.Choices("DatasetSplit"));
    }

    /// <summary>No host setting and no second request changes the document.</summary>
    [Fact]
    public async Task Document_OfTwoHosts_IsTheSame() => Assert.Equal(await GenerateJsonAsync(), await GenerateJsonAsync());

    [Theory]
    [InlineData(200, "application/json", """{"status": "sick", "version": "1"}""")]
    [InlineData(200, "application/json", """{"status": "healthy"}""")]
    [InlineData(200, "text/plain", """{"status": "healthy", "version": "1"}""")]
    [InlineData(201, "application/json", """{"status": "healthy", "version": "1"}""")]
    [InlineData(503, "application/problem+json", """{"status": 503}""")]
    public async Task Document_ResponseThatItDoesNotDescribe_IsNotAllowed(int status, string type, string body)
    {
        var document = await GenerateAsync();

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => document.AssertAllows("GET", "/health", status, type, body));
    }

    internal static IHost CreateHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var storage = FashionStorage.Connect("UseDevelopmentStorage=true");
        var machine = new TrainingMachine(_ => 1, asked => asked ?? DeviceChoice.Auto);
        var random = RandomNumberGenerator.Create();
        var application = ApplicationFactory.Create(storage, new RecordingHost(), machine, TimeProvider.System, random);
        builder.Services.AddSingleton(application).AddFashionApi();
        return builder.Build();
    }

    private static async Task<(int Code, string Output)> ValidateAsync(string file)
    {
        const string Program = """
            import sys
            try:
                from openapi_spec_validator import validate
            except ImportError:
                sys.exit(3)
            import json
            validate(json.load(open(sys.argv[1])))
            """;
        var start = new ProcessStartInfo("python3", ["-c", Program, file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
            await process.WaitForExitAsync(Cancellation);
            return (process.ExitCode, await output + await error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (ModuleIsMissing, "");
        }
    }
}
