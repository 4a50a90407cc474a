using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>Sorts the places that use a model: what its manager does from now on, what releases it, and what runs it.</summary>
internal sealed class ModelUses(AgentSource source, MemberUses members)
{
    private readonly StartCode start = new(source);

    /// <summary>Fills the uses of a model.</summary>
    /// <returns>Why a lease cannot take the model's place; <see langword="null"/> where it can.</returns>
    public string? Sort(KeptModel kept)
    {
        var name = kept.Member.Name;
        if (members.IsNamedOutOfReach(kept.Member) && kept.LoadMethod is null)
            return $"code that is generated or left out names {name}";
        if (kept.Assigning is { } assigning && !start.RunsOnce(assigning))
            return $"it is not seen that {name} is loaded once, at start and in any case: load it in OnStartingAsync first";
        foreach (var use in members.Of(kept.Member))
        {
            kept.IsNamedInText |= use.IsNameOnly;
            if (use.IsNameOnly || use.Assignment is { } assignment && assignment.Parent == kept.Assigning && kept.Assigning is not null)
                continue;
            if (Sort(kept, use) is { } reason)
                return reason;
        }

        return null;
    }

    private string? Sort(KeptModel kept, MemberUse use)
    {
        var name = kept.Member.Name;
        if (use.Assignment is { } assignment)
        {
            // _net = _net.cuda();
            if (assignment is { Parent: ExpressionStatementSyntax moved, Right: var right } && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && TransferOf(kept, AgentSource.Unwrapped(right)) is { } transfer)
                return Prepare(kept, moved, transfer);
            return $"{name} is assigned again";
        }

        if (use.IsByReference)
            return $"{name} is handed on by reference";
        if (use.Expression is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } or MemberBindingExpressionSyntax)
            return $"{name} of another agent is used";
        if (use.Value.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == use.Value)
        {
            if (TransferOf(kept, call) is { } transfer)
                return call.Parent is ExpressionStatementSyntax alone ? Prepare(kept, alone, transfer) : IsOfAssignment(kept, call) ? null : $"{name} is moved where it is used: move it where it is loaded";
            switch (access.Name.Identifier.ValueText)
            {
                case "eval" when call.Parent is ExpressionStatementSyntax evaluating:
                    return Prepare(kept, evaluating, null);
                case "Dispose" when call.Parent is ExpressionStatementSyntax disposing:
                    kept.Released.Add(disposing);
                    return null;
                case "train" or "load" or "load_state_dict" or "apply" or "zero_grad":
                    return $"{name} is changed after its load, and what a manager loads may be shared or loaded again";
            }
        }

        if (use.Value.Parent is ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" } }, Parent: ExpressionStatementSyntax conditional })
        {
            kept.Released.Add(conditional);
            return null;
        }

        if (AsksForNull(use.Value))
            return $"the agent asks whether {name} is loaded, which a lease does not tell";
        if (start.IsWhileMade(use.Name))
            return $"{name} is used while the agent is made, when nobody has loaded it yet: use it in OnStartingAsync first";
        kept.Uses.Add(use);
        return null;
    }

    private static string? Prepare(KeptModel kept, ExpressionStatementSyntax statement, Transfer? transfer)
    {
        if (transfer?.Obstacle is { } obstacle)
            return obstacle;
        var gone = Conditional(statement, transfer is not null);
        if (gone is null)
            return $"what {(transfer is null ? "prepares" : "moves")} {kept.Member.Name} does so under a condition: leave it to the manager by hand";
        if (transfer is not null)
            kept.Device = gone == statement ? transfer.Device : null;
        kept.Prepared.Add(gone);
        return null;
    }

    // if (torch.cuda.is_available()) _net.cuda(): a manager takes a GPU where there is one.
    private static StatementSyntax? Conditional(ExpressionStatementSyntax statement, bool isTransfer) => statement.Parent switch
    {
        IfStatementSyntax { Else: null } branch when isTransfer && AsksForGpu(branch.Condition) => branch.Parent is BlockSyntax ? branch : null,
        BlockSyntax { Statements.Count: 1, Parent: IfStatementSyntax { Else: null } branch } when isTransfer && AsksForGpu(branch.Condition) => branch.Parent is BlockSyntax ? branch : null,
        BlockSyntax { Parent: BaseMethodDeclarationSyntax } => statement,
        _ => null,
    };

    private static bool AsksForGpu(ExpressionSyntax condition) =>
        condition is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "is_available" } };

    private static bool AsksForNull(ExpressionSyntax value) => value.Parent is ConditionalAccessExpressionSyntax or IsPatternExpressionSyntax or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression }
        || value.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.IsExpression or (int)SyntaxKind.AsExpression };

    private Transfer? TransferOf(KeptModel kept, ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } call
        && SymbolEqualityComparer.Default.Equals(source.SymbolOf(AgentSource.Unwrapped(receiver)), kept.Member.OriginalDefinition)
            ? Transfer.Read(source, call)
            : null;

    private bool IsOfAssignment(KeptModel kept, InvocationExpressionSyntax call) =>
        call.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment && assignment.Right == call
        && SymbolEqualityComparer.Default.Equals(source.SymbolOf(assignment.Left), kept.Member.OriginalDefinition);
}
