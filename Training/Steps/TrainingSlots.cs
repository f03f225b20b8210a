namespace ServerlessFashion.Training.Steps;

/// <summary>The number of trainings of a run that can run at the same time.</summary>
/// <param name="Total">Slots on all machines.</param>
/// <param name="PerMachine">Slots on each machine. Trainings on one machine slow each other down.</param>
public readonly record struct TrainingSlots(int Total, int PerMachine);
