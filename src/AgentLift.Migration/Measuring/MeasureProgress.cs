namespace AgentLift.Migration.Measuring;

/// <summary>What a measurement begins.</summary>
/// <param name="Form">The form that is started.</param>
/// <param name="Run">The number of the run, from 1; of a run that is not counted, 0.</param>
/// <param name="Runs">How many runs of each form are counted.</param>
public sealed record MeasureProgress(MeasuredForm Form, int Run, int Runs);
