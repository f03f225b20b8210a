using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Functions.Trainer;

internal static class TrainerRegistration
{
    public static IServiceCollection AddTrainer(this IServiceCollection services) => services
        .AddSingleton<IProgress<TrainingProgress>, TrainingLog>()
        .AddSingleton<TrainSliceStep>()
        .AddSingleton<EvaluateModelStep>()
        .AddSingleton<TrainingTurns>();
}
