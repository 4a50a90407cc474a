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
        if (kept is { LoadMethod.Body: { } body, Local: { } local } && SortLoadMethod(kept, body, local) is { } more)
            return more;
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
        if (use.Name.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { } preparing && Preparation.Is(source, preparing, kept.Member, out var transfer))
            return kept.Prepared.Exists(statement => statement.Contains(preparing)) ? null : Preparation.Note(kept, preparing, transfer);
        if (use.Assignment is not null)
            return $"{name} is assigned again";
        if (use.IsByReference)
            return $"{name} is handed on by reference";
        if (use.Expression is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } or MemberBindingExpressionSyntax)
            return $"{name} of another agent is used";
        if (use.Value.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == use.Value)
        {
            switch (access.Name.Identifier.ValueText)
            {
                case "Dispose" when call.Parent is ExpressionStatementSyntax disposing:
                    kept.Released.Add(disposing);
                    return null;
                case "cuda" or "cpu" or "to":
                    return $"{name} is moved where it is used: move it where it is loaded";
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

    // var net = torch.jit.load(path); net.eval(); return net;
    private string? SortLoadMethod(KeptModel kept, BlockSyntax body, ISymbol local)
    {
        foreach (var statement in body.Statements.Skip(1).Take(body.Statements.Count - 2))
        {
            if (Preparation.Single(statement) is not { } preparing || !Preparation.Is(source, preparing, local, out var transfer))
                return $"{kept.LoadMethod!.Identifier.ValueText} does more than to load and prepare the model";
            if (Preparation.Note(kept, preparing, transfer) is { } reason)
                return reason;
        }

        return null;
    }

    private static bool AsksForNull(ExpressionSyntax value) => value.Parent is ConditionalAccessExpressionSyntax or IsPatternExpressionSyntax or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression }
        || value.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.IsExpression or (int)SyntaxKind.AsExpression };
}
