using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Obstacles.Supervision;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>What the rules about work that is started by hand share.</summary>
internal abstract class StartedWorkDetector(string ruleId) : Detector(ruleId)
{
    public sealed override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var work in agent.Facts.Background)
        {
            if (!Concerns(work))
                continue;
            var evidence = At(work.Operation, work.Body ?? work.Scope.Function, WorkNames.Of(work));
            found.Add(evidence with { FindObstacle = () => new WorkReader(agent.Source).Obstacle(evidence, work.Operation.Syntax) });
        }
    }

    /// <summary>The rule is about work that is started like this.</summary>
    protected abstract bool Concerns(BackgroundWork work);
}
