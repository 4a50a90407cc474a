using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Markers;
using AgentLift.Core.Facts;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>
/// Gives an agent whose base class must stay a BaseAgent that owns it: it makes the agent, starts it and stops it. Assisted: who made the agent by hand must
/// register the owner instead, which a marked place says.
/// </summary>
internal static class AgentAdapter
{
    /// <summary>The agent has a base class of its own.</summary>
    public static bool Fits(AgentCode agent) =>
        !agent.Type.IsStatic && !agent.Type.IsAbstract && agent.Type.BaseType is { SpecialType: not SpecialType.System_Object };

    /// <summary>Adds the owner below the agent.</summary>
    /// <returns>Why there can be none; <see langword="null"/> where it was added.</returns>
    public static string? Write(AgentCode agent, AgentDraft draft)
    {
        var type = agent.Type;
        var map = LifecycleMap.Of(agent.Facts);
        var host = type.Name + "Host";
        var reason = type.IsGenericType || type.ContainingType is not null ? $"{type.Name} is generic or nested, so that no class beside it can own it"
            : map.Start is null ? $"nothing is seen to start {type.Name}, which an owner would have to do"
            : type.ContainingNamespace.GetTypeMembers(host).Length > 0 ? $"there is a class {host} already"
            : map.Obstacle(agent.Facts);
        if (reason is not null)
            return reason;
        if (map.Ends.Concat([map.Start!]).FirstOrDefault(method => method.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal)) is { } hidden)
            return $"{hidden.Name} is hidden from an owner";

        var makesItself = type.InstanceConstructors.Any(constructor => constructor is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal });
        var style = agent.Style;
        var tree = agent.Declaration.SyntaxTree;
        var text = style.NewLine + style.Write(Text(agent, map, host, makesItself), style.ClassIndent) + style.NewLine;
        var line = tree.GetText().Lines.GetLineFromPosition(agent.Declaration.Span.End);
        draft.Insert(tree, line.EndIncludingLineBreak, line.EndIncludingLineBreak == line.End ? style.NewLine + text : text);
        draft.Insert(tree, agent.Declaration.GetFirstToken().SpanStart, $"[RunBy(typeof({host}))]{style.NewLine}{style.ClassIndent}");
        draft.AddUsing(tree, "AgentLift.Runtime", "BaseAgent");
        draft.AddUsing(tree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(tree, "System.Threading.Tasks", "ValueTask");
        return null;
    }

    private static string Text(AgentCode agent, LifecycleMap map, string host, bool makesItself)
    {
        var type = agent.Type.Name;
        var start = map.Blocks ? PhaseWriter.LoopText("agent.", map.Start!) : PhaseWriter.CallText("OnStartingAsync", "agent.", map.Start!);
        var members = new List<string>();
        if (makesItself)
            members.Add($"private readonly {type} agent = new();");
        members.Add(start);
        if (map.Ends.Length > 0)
            members.Add(PhaseWriter.CallText(map.Blocks && map.Start!.Parameters.IsEmpty ? "OnDrainingAsync" : "OnStoppedAsync", "agent.", [.. map.Ends]));
        var name = agent.Type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "AgentAttribute")?.ConstructorArguments.FirstOrDefault().Value as string ?? type;
        var access = agent.Type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal";
        var body = string.Join("\n\n", members.Select(member => string.Join("\n", member.Split('\n').Select(line => line.Length == 0 ? line : "    " + line))));
        return $"/// <summary>Runs <see cref=\"{type}\"/>, whose base class stays what it is.</summary>\n"
            + $"// AGENTLIFT AGL1001: register {host} with the host in place of making {type} by hand{(makesItself ? string.Empty : $", and {type} as a service")}.\n"
            + $"[{MarkerRewriter.Text(MigrationStage.Integration)}]\n"
            + $"[Agent({SymbolDisplay.FormatLiteral(name, quote: true)})]\n"
            + $"{access} sealed class {host}(AgentContext context{(makesItself ? string.Empty : $", {type} agent")}) : BaseAgent(context)\n{{\n{body}\n}}";
    }
}
