namespace ServerlessFashion.Infra.Tests.Snapshots;

/// <summary>
/// Deployments that the tests predict, as environment variables of azd. They reach the template through <c>main.bicepparam</c>.
/// </summary>
internal static class ParameterSets
{
    private static readonly Dictionary<string, string> Images = new()
    {
        ["SERVICE_API_IMAGE_NAME"] = "registry.example/api:1",
        ["SERVICE_TRAINER_IMAGE_NAME"] = "registry.example/trainer:1",
    };

    /// <summary>Defaults with images: a T4.</summary>
    public const string T4 = "T4";
    public const string A100 = "A100";
    public const string Cpu = "CPU";
    public const string PrivateNetwork = "private network";
    public const string ClosedRegistry = "private network, closed registry";
    public const string PlatformScaleRules = "platform scale rules";
    public const string Watched = "budget, alerts, kept uploads";
    public const string FirstPass = "first pass without images";

    private static readonly Dictionary<string, Dictionary<string, string>> Sets = new()
    {
        [T4] = With([]),
        [A100] = With(new() { ["FASHION_GPU_PROFILE"] = "Consumption-GPU-NC24-A100", ["FASHION_MAX_TRAINERS"] = "4" }),
        [Cpu] = With(new() { ["FASHION_GPU_PROFILE"] = "none", ["FASHION_API_CORES"] = "1" }),
        [PrivateNetwork] = With(new() { ["FASHION_PRIVATE_NETWORK"] = "true" }),
        [ClosedRegistry] = With(new() { ["FASHION_PRIVATE_NETWORK"] = "true", ["FASHION_REGISTRY_PUBLIC_ACCESS"] = "false" }),
        [PlatformScaleRules] = With(new() { ["FASHION_CUSTOM_SCALE_RULES"] = "false" }),
        [Watched] = With(new()
        {
            ["FASHION_MONTHLY_BUDGET"] = "100",
            ["FASHION_BUDGET_START"] = "2027-01",
            ["FASHION_ALERT_EMAILS"] = "a@example.com,b@example.com",
            ["FASHION_GPU_HOURS_PER_DAY"] = "5",
            ["FASHION_KEEP_UPLOADS_DAYS"] = "14",
        }),
        [FirstPass] = [],
    };

    public static IReadOnlyList<string> Names { get; } = [.. Sets.Keys];

    public static IReadOnlyDictionary<string, string> Variables(string name) => Sets[name];

    private static Dictionary<string, string> With(Dictionary<string, string> variables) => new(Images.Concat(variables));
}
