using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Shutdown;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Shutdown;

/// <summary>Takes the handlers of an agent for the end of the process out, and gathers what they did beyond stopping it for a phase of its life.</summary>
internal sealed class ExitHandlers(AgentCode agent, AgentDraft draft)
{
    private readonly List<string> moved = [];

    /// <summary>What is taken out.</summary>
    public List<SyntaxNode> Removed { get; } = [];

    /// <summary>Takes one subscription out.</summary>
    public void Take(ExitSubscription subscription)
    {
        moved.AddRange(subscription.Left.Where(text => !moved.Contains(text)));
        foreach (var part in subscription.Nodes.Where(part => !Removed.Contains(part)))
        {
            Removed.Add(part);
            draft.Remove(part);
        }
    }

    /// <summary>Writes the phase that does what the handlers did, if there is anything.</summary>
    public void WritePhase()
    {
        if (moved.Count == 0)
            return;
        var phase = ExitSubscription.HasPhase(agent.Type, "OnStoppedAsync") ? "OnDrainingAsync" : "OnStoppedAsync";
        draft.AddUsing(agent.Declaration.SyntaxTree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(agent.Declaration.SyntaxTree, "System.Threading.Tasks", "ValueTask");
        var text = $"protected override ValueTask {phase}(CancellationToken cancellationToken)\n{{\n{string.Concat(moved.Select(statement => $"    {statement}\n"))}    return ValueTask.CompletedTask;\n}}";

        // Beside the other phase, whenever this comes: which members stand there already must not matter.
        if (agent.Type.GetMembers("OnStoppedAsync").Where(member => member.IsOverride).SelectMany(member => member.DeclaringSyntaxReferences).FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax stopped)
            draft.AddMemberBehind(stopped, text);
        else
            draft.AddMember(text);
    }
}
