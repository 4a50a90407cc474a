using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Shutdown;

/// <summary>One subscription of an agent to the end of the process, read as far as it takes to leave that end to a host.</summary>
/// <param name="Nodes">The statements and members that go with it.</param>
/// <param name="Left">What its handler does beyond stopping the agent, as statements.</param>
/// <param name="Obstacle">Why it stays; <see langword="null"/> where nothing in the agent is against it.</param>
internal sealed record ExitSubscription(IReadOnlyList<SyntaxNode> Nodes, IReadOnlyList<string> Left, string? Obstacle)
{
    private static readonly string[] EndPhases = ["OnDrainingAsync", "OnStoppedAsync"];

    /// <summary>Reads the subscription that a node makes.</summary>
    /// <param name="source">The agent's code.</param>
    /// <param name="place">The assignment or call that subscribes.</param>
    /// <param name="to">The event, with its type.</param>
    public static ExitSubscription Read(TypeSource source, SyntaxNode? place, string to)
    {
        var (handler, reason) = place switch
        {
            AssignmentExpressionSyntax hook => (hook.Right, EventObstacle(to, hook)),
            InvocationExpressionSyntax { ArgumentList.Arguments: [var signal, var given] } => (given.Expression, SignalObstacle(signal.Expression)),
            _ => (null, "it is not written as a plain subscription"),
        };
        if (reason is not null)
            return Stays(reason);
        var read = ExitHandler.Read(source.Facts, handler!);
        if (read.Obstacle is not null)
            return Stays(read.Obstacle);
        var others = read.Method is { } method ? Unsubscriptions(source, method) : [];
        if (read.Method is { } named && others is null)
            return Stays($"{named.Name} is used for something else too");
        if (Holder(source, place!) is not ({ } statement, var field))
            return Stays("it is a part of an expression, or kept where more depends on it");
        var left = read.Statements.Where(item => !IsStopping(source, item)).Select(item => item.ToString().TrimEnd(';') + ";").ToList();
        return left.Count > 0 && HasPhase(source.Facts.Type, "OnDrainingAsync")
            ? Stays("its handler does more than stop the agent: move that to OnDrainingAsync by hand")
            : new ExitSubscription([.. others!, statement, .. field, .. read.Declaration is { } declaration ? [declaration] : Array.Empty<SyntaxNode>()], left, null);
    }

    /// <summary>An event that is raised when the process is to end.</summary>
    public static bool IsExitEvent(ISymbol? source) => (source?.ContainingType?.Name, source?.Name) is
        ("Console", "CancelKeyPress") or ("AppDomain", "ProcessExit") or ("AssemblyLoadContext", "Unloading");

    /// <summary>The agent overrides a phase of its life.</summary>
    public static bool HasPhase(INamedTypeSymbol agent, string phase) => agent.GetMembers(phase).Any(member => member.IsOverride);

    private static ExitSubscription Stays(string reason) => new([], [], reason);

    private static string? EventObstacle(string source, AssignmentExpressionSyntax hook) => source switch
    {
        "AppDomain.DomainUnload" => "DomainUnload is never raised on .NET: decide by hand whether its handler belongs into OnStoppedAsync",
        "AssemblyLoadContext.Unloading" when hook.Left is not MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Default" } } => "only the default load context ends with the process",
        _ => null,
    };

    private static string? SignalObstacle(ExpressionSyntax signal) => signal is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SIGINT" or "SIGTERM" or "SIGQUIT" }
        ? null
        : $"{signal} does not ask the process to end: the host leaves it alone";

    // What stops the agent in any case: its own Stop, or the very statements of the phase.
    private static bool IsStopping(TypeSource source, SyntaxNode statement)
    {
        if (statement.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault() is { } call && (call == statement || call == (statement as ExpressionStatementSyntax)?.Expression)
            && source.SymbolOf(call) is IMethodSymbol method && PhaseCalls.Of(method) == PhaseCall.Stop)
        {
            return true;
        }

        var text = statement.ToString().TrimEnd(';');
        return EndPhases.SelectMany(phase => source.Facts.Type.GetMembers(phase)).Where(member => member.IsOverride)
            .SelectMany(member => member.DeclaringSyntaxReferences).SelectMany(part => part.GetSyntax().DescendantNodes().OfType<ExpressionStatementSyntax>())
            .Any(known => known.ToString().TrimEnd(';') == text);
    }

    // Every use of a named handler hooks it or takes it off again.
    private static List<SyntaxNode>? Unsubscriptions(TypeSource source, IMethodSymbol method)
    {
        var found = new List<SyntaxNode>();
        foreach (var name in source.ReferencesTo(method))
        {
            var statement = name.FirstAncestorOrSelf<ExpressionStatementSyntax>();
            if (statement?.Expression is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression } hook
                || !IsExitEvent(source.SymbolOf(hook.Left)) || statement.Parent is not BlockSyntax)
            {
                return name.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.ToString().Contains("PosixSignalRegistration.Create") == true ? found : null;
            }

            if (hook.IsKind(SyntaxKind.SubtractAssignmentExpression))
                found.Add(statement);
        }

        return found;
    }

    // The statement that subscribes, and what holds the registration where that is used for nothing else.
    private static (StatementSyntax Statement, IReadOnlyList<SyntaxNode> Field)? Holder(TypeSource source, SyntaxNode node)
    {
        switch (node.Parent)
        {
            case ExpressionStatementSyntax { Parent: BlockSyntax } statement:
                return (statement, []);
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } assigned }:
                if (target.Identifier.ValueText == "_")
                    return (assigned, []);
                return source.SymbolOf(target) is IFieldSymbol field && FieldParts(source, field, target) is { } parts ? (assigned, parts) : null;
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } local } } variable }:
                return source.ReferencesTo(source.ModelOf(variable).GetDeclaredSymbol(variable)!).Count > 0 ? null : (local, []);
            default:
                return null;
        }
    }

    private static List<SyntaxNode>? FieldParts(TypeSource source, IFieldSymbol field, SyntaxNode assignment)
    {
        if (field.DeclaredAccessibility != Accessibility.Private || field.DeclaringSyntaxReferences is not [var part]
            || part.GetSyntax().FirstAncestorOrSelf<FieldDeclarationSyntax>() is not { Declaration.Variables: [{ Initializer: null }] } declaration
            || !PlainCode.HasBareLead(declaration))
        {
            return null;
        }

        var parts = new List<SyntaxNode> { declaration };
        foreach (var name in source.ReferencesTo(field).Where(name => name != assignment))
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
}
