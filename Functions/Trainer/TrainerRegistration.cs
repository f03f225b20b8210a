using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Functions.Trainer;

internal static class TrainerRegistration
{
    public static IServiceCollection AddTrainer(this IServiceCollection services) => services
        .AddSingleton<IProgress<TrainingProgress>, TrainingLog>()
        .AddSingleton(services => new FitEpochsStep(
            services.GetRequiredService<FashionStorage>(),
            _ => new TrainingPlaces(SideBySide: services.GetRequiredService<IConfiguration>().GetValue("FASHION_TRAINING_REPLICAS", 1), Here: 1),
            services.GetRequiredService<TimeProvider>()))
        .AddSingleton<TrainSliceStep>()
        .AddSingleton<EvaluateModelStep>()
        .AddSingleton<TrainingTurns>();
}
