using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Obstacles.Data;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Detectors.Data;

/// <summary>AGL5001: a database connection opened and kept for life.</summary>
internal sealed class LifetimeConnectionDetector() : Detector(RuleIds.LifetimeConnection)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var creation in agent.Facts.Creations)
        {
            if (agent.Knowledge.IsConnection(creation.Operation.Type)
                && Keeper(agent, creation.Operation) is { } keeper
                && IsOpened(agent, keeper, creation.Operation.StoredIn()))
            {
                found.Add(At(creation.Operation, keeper) with
                {
                    FindObstacle = () => new KeptConnection(agent.Documented, keeper as IFieldSymbol, creation.Operation.Syntax as BaseObjectCreationExpressionSyntax).Obstacle(),
                });
            }
        }
    }

    // The field that holds the connection, directly or by way of a local: var c = new ...; c.Open(); _db = c;
    private static ISymbol? Keeper(AgentSubject agent, IOperation creation) => creation.StoredIn() switch
    {
        IFieldSymbol or IPropertySymbol => creation.StoredIn(),
        ILocalSymbol local => agent.Facts.Writes
            .Where(write => SocketUse.Same(write.Value.ReferencedSymbol(), local))
            .Select(write => write.Target)
            .FirstOrDefault(),
        _ => null,
    };

    private static bool IsOpened(AgentSubject agent, ISymbol keeper, ISymbol? first) =>
        agent.Facts.Calls.Any(call => call.Operation.TargetMethod.Name is "Open" or "OpenAsync"
            && SocketUse.Receiver(call.Operation) is { } receiver
            && (SocketUse.Same(receiver, keeper) || SocketUse.Same(receiver, first)));
}
