using AgentLift.CodeFixes.Infrastructure.Hosting;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Shutdown;

/// <summary>Takes the handlers of an agent for the end of the process out, and gathers what they did beyond stopping it for a phase of its life.</summary>
internal sealed class ExitHandlers(AgentCode agent, AgentDraft draft)
{
    private static readonly string[] EndPhases = ["OnDrainingAsync", "OnStoppedAsync"];

    private readonly List<string> moved = [];

    /// <summary>What is taken out.</summary>
    public List<SyntaxNode> Removed { get; } = [];

    /// <summary>Takes one subscription out.</summary>
    /// <returns>Why it stays; <see langword="null"/> where it goes.</returns>
    public string? Take(Evidence evidence)
    {
        var node = AgentCode.NodeAt(evidence).FirstAncestorOrSelf<ExpressionSyntax>(found => found is AssignmentExpressionSyntax or InvocationExpressionSyntax);
        var (handler, reason) = node switch
        {
            AssignmentExpressionSyntax hook => (hook.Right, SourceObstacle(evidence.MessageArguments[0], hook)),
            InvocationExpressionSyntax { ArgumentList.Arguments: [var signal, var given] } => (given.Expression, SignalObstacle(signal.Expression)),
            _ => (null, "it is not written as a plain subscription"),
        };
        if (reason is not null)
            return reason;
        var read = ExitHandler.Read(agent, handler!);
        if (read.Obstacle is not null)
            return read.Obstacle;
        var others = read.Method is { } method ? Unsubscriptions(method) : [];
        if (read.Method is { } named && others is null)
            return $"{named.Name} is used for something else too";
        if (Holder(node!) is not ({ } statement, var field))
            return "it is a part of an expression, or kept where more depends on it";
        var nodes = others!.Append(statement).Concat(field).ToList();

        var left = read.Statements.Where(item => !IsStopping(item)).Select(item => item.ToString().TrimEnd(';') + ";").Where(text => !moved.Contains(text)).ToList();
        if (left.Count > 0 && HasPhase("OnDrainingAsync"))
            return "its handler does more than stop the agent: move that to OnDrainingAsync by hand";
        moved.AddRange(left);
        foreach (var part in nodes.Where(part => !Removed.Contains(part)))
        {
            Removed.Add(part);
            draft.Remove(part);
        }

        if (read.Declaration is { } declaration && !Removed.Contains(declaration))
        {
            Removed.Add(declaration);
            draft.Remove(declaration);
        }

        return null;
    }

    /// <summary>Writes the phase that does what the handlers did, if there is anything.</summary>
    public void WritePhase()
    {
        if (moved.Count == 0)
            return;
        var phase = HasPhase("OnStoppedAsync") ? "OnDrainingAsync" : "OnStoppedAsync";
        draft.AddUsing(agent.Declaration.SyntaxTree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(agent.Declaration.SyntaxTree, "System.Threading.Tasks", "ValueTask");
        var text = $"protected override ValueTask {phase}(CancellationToken cancellationToken)\n{{\n{string.Concat(moved.Select(statement => $"    {statement}\n"))}    return ValueTask.CompletedTask;\n}}";

        // Beside the other phase, whenever this comes: which members stand there already must not matter.
        if (agent.Type.GetMembers("OnStoppedAsync").Where(member => member.IsOverride).SelectMany(member => member.DeclaringSyntaxReferences).FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax stopped)
            draft.AddMemberBehind(stopped, text);
        else
            draft.AddMember(text);
    }

    private bool HasPhase(string phase) => agent.Type.GetMembers(phase).Any(member => member.IsOverride);

    private static string? SourceObstacle(string source, AssignmentExpressionSyntax hook) => source switch
    {
        "AppDomain.DomainUnload" => "DomainUnload is never raised on .NET: decide by hand whether its handler belongs into OnStoppedAsync",
        "AssemblyLoadContext.Unloading" when hook.Left is not MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Default" } } => "only the default load context ends with the process",
        _ => null,
    };

    private static string? SignalObstacle(ExpressionSyntax signal) => signal is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SIGINT" or "SIGTERM" or "SIGQUIT" }
        ? null
        : $"{signal} does not ask the process to end: the host leaves it alone";

    // What stops the agent in any case: its own Stop, or the very statements of the phase.
    private bool IsStopping(SyntaxNode statement)
    {
        if (statement.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } call && (call == statement || call == (statement as ExpressionStatementSyntax)?.Expression)
            && agent.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol method && PhaseCalls.Of(method) == PhaseCall.Stop)
        {
            return true;
        }

        var text = statement.ToString().TrimEnd(';');
        return EndPhases.SelectMany(phase => agent.Type.GetMembers(phase)).Where(member => member.IsOverride)
            .SelectMany(member => member.DeclaringSyntaxReferences).SelectMany(part => part.GetSyntax().DescendantNodes().OfType<ExpressionStatementSyntax>())
            .Any(known => known.ToString().TrimEnd(';') == text);
    }

    // Every use of a named handler hooks it or takes it off again.
    private List<SyntaxNode>? Unsubscriptions(IMethodSymbol method)
    {
        var found = new List<SyntaxNode>();
        foreach (var name in Names(method.Name).Where(name => SymbolEqualityComparer.Default.Equals(agent.ModelOf(name).GetSymbolInfo(name).Symbol, method)))
        {
            var statement = name.FirstAncestorOrSelf<ExpressionStatementSyntax>();
            if (statement?.Expression is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression } hook
                || !Waiting.IsExitEvent(agent.ModelOf(hook).GetSymbolInfo(hook.Left).Symbol) || statement.Parent is not BlockSyntax)
            {
                return name.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.ToString().Contains("PosixSignalRegistration.Create") == true ? found : null;
            }

            if (hook.IsKind(SyntaxKind.SubtractAssignmentExpression))
                found.Add(statement);
        }

        return found;
    }

    // The statement that subscribes, and what holds the registration where that is used for nothing else.
    private (StatementSyntax Statement, List<SyntaxNode> Field)? Holder(ExpressionSyntax node)
    {
        switch (node.Parent)
        {
            case ExpressionStatementSyntax { Parent: BlockSyntax } statement:
                return (statement, []);
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } assigned }:
                if (target.Identifier.ValueText == "_")
                    return (assigned, []);
                return agent.ModelOf(target).GetSymbolInfo(target).Symbol is IFieldSymbol field && FieldParts(field, target) is { } parts ? (assigned, parts) : null;
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } local } } variable }:
                return Names(variable.Identifier.ValueText).Any(name => SymbolEqualityComparer.Default.Equals(agent.ModelOf(name).GetSymbolInfo(name).Symbol, agent.ModelOf(variable).GetDeclaredSymbol(variable))) ? null : (local, []);
            default:
                return null;
        }
    }

    private List<SyntaxNode>? FieldParts(IFieldSymbol field, SyntaxNode assignment)
    {
        if (field.DeclaredAccessibility != Accessibility.Private || field.DeclaringSyntaxReferences is not [var part]
            || part.GetSyntax().FirstAncestorOrSelf<FieldDeclarationSyntax>() is not { Declaration.Variables: [{ Initializer: null }] } declaration
            || declaration.GetLeadingTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
        {
            return null;
        }

        var parts = new List<SyntaxNode> { declaration };
        foreach (var name in Names(field.Name).Where(name => name != assignment && SymbolEqualityComparer.Default.Equals(agent.ModelOf(name).GetSymbolInfo(name).Symbol, field)))
        {
            if (name.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax } statement
                || (statement.ToString() != $"{field.Name}.Dispose();" && statement.ToString() != $"{field.Name}?.Dispose();"))
            {
                return null;
            }

            parts.Add(statement);
        }

        return parts;
    }

    private IEnumerable<IdentifierNameSyntax> Names(string name) => agent.Type.DeclaringSyntaxReferences
        .SelectMany(part => part.GetSyntax().DescendantNodes()).OfType<IdentifierNameSyntax>().Where(found => found.Identifier.ValueText == name);
}
