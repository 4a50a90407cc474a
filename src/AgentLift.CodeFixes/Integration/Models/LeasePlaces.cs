using AgentLift.CodeFixes.CoreLogic.Waiting;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>Finds where code that can await acquires a lease for the uses of a model that follow.</summary>
internal sealed class LeasePlaces(AgentSource source)
{
    /// <summary>One place for each method that uses the model; <see langword="null"/> where a use is out of reach of an <c>await</c>, or keeps the model.</summary>
    public IReadOnlyList<LeasePlace>? Of(KeptModel kept)
    {
        var places = new List<LeasePlace>();
        foreach (var group in kept.Uses.GroupBy(use => AgentSource.FunctionAround(use.Name)))
        {
            if (group.Key is not MethodDeclarationSyntax { Body: { } body } method || !AsynchronousMethod.CanAwait(method) || TokenOf(method) is not { } token)
                return null;
            if (!IsWaitedFor(method) || HasRefLike(body) || group.Any(use => !IsRun(use)) || AnchorFor(body, [.. group]) is not { } anchor)
                return null;
            places.Add(new LeasePlace(method, anchor, token, [.. group]));
        }

        return places.Count > 0 ? places : null;
    }

    // The runtime waits, and so does who awaits it; a scope around that would be torn from its thread.
    private bool IsWaitedFor(MethodDeclarationSyntax method)
    {
        var symbol = source.ModelOf(method).GetDeclaredSymbol(method)!;
        return (symbol.IsAsync || symbol.IsOverride || symbol.DeclaredAccessibility == Accessibility.Private) && source.ReferencesTo(symbol).All(name =>
            !name.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).Any(node => IsUninterruptible(node) || node is BlockSyntax block && block.Statements.Any(IsScope))
            && IsHandedOver(name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : name));
    }

    private static bool IsHandedOver(ExpressionSyntax method) => method.Parent switch
    {
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "RunSupervised" or "RunPeriodically" } } } => true,
        InvocationExpressionSyntax { Parent: AwaitExpressionSyntax } => true,
        InvocationExpressionSyntax { Parent: LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "RunSupervised" or "RunPeriodically" } } } } } => true,
        _ => false,
    };

    // A span cannot live beyond an await.
    private bool HasRefLike(BlockSyntax body) =>
        body.DescendantNodes().OfType<VariableDeclarationSyntax>().Any(declaration => source.ModelOf(declaration).GetTypeInfo(declaration.Type).Type?.IsRefLikeType == true);

    // Something is called on it, so that it is not kept beyond the lease.
    private static bool IsRun(MemberUse use) =>
        use.Value.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access && access.Expression == use.Value;

    private string? TokenOf(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.FirstOrDefault(parameter => parameter.Type is { } type && source.TypeOf(type)?.ToDisplayString() == "System.Threading.CancellationToken")?.Identifier.Text;

    /// <summary>The statement before which to acquire: the first use, or what must not be interrupted by an await around it.</summary>
    private StatementSyntax? AnchorFor(BlockSyntax body, IReadOnlyList<MemberUse> uses)
    {
        var first = uses.OrderBy(use => use.Name.SpanStart).First().Name;
        foreach (var block in first.Ancestors().OfType<BlockSyntax>().Where(block => body.Span.Contains(block.Span) && uses.All(use => block.Span.Contains(use.Name.Span))).Reverse())
        {
            var statement = block.Statements.First(part => part.Span.Contains(first.Span));
            if (block.Statements.TakeWhile(part => part != statement).FirstOrDefault(IsScope) is { } scope)
                return scope;

            // Where nothing further in holds all uses, or an await must not stand there, it goes here.
            var inner = first.Ancestors().TakeWhile(node => node != statement).OfType<BlockSyntax>().LastOrDefault();
            if (inner is null || !uses.All(use => inner.Span.Contains(use.Name.Span)) || inner.Ancestors().TakeWhile(node => node != block).Any(IsUninterruptible))
                return statement;
        }

        return null;
    }

    // A dispose scope and the modes of TorchSharp belong to the thread that opens them.
    private bool IsScope(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } local
        && local.Declaration.Variables.Any(variable => variable.Initializer is { } initializer && IsOfTorchSharp(initializer.Value));

    private bool IsUninterruptible(SyntaxNode node) => node switch
    {
        UsingStatementSyntax { Expression: { } expression } => IsOfTorchSharp(expression),
        UsingStatementSyntax { Declaration: { } declaration } => declaration.Variables.Any(variable => variable.Initializer is { } initializer && IsOfTorchSharp(initializer.Value)),
        LockStatementSyntax or FixedStatementSyntax or UnsafeStatementSyntax or CheckedStatementSyntax => true,
        _ => false,
    };

    private bool IsOfTorchSharp(ExpressionSyntax value) => source.SymbolOf(value)?.ContainingNamespace?.ToDisplayString().StartsWith("TorchSharp", StringComparison.Ordinal) == true;
}

/// <summary>Where a lease is acquired.</summary>
/// <param name="Method">A method that can await.</param>
/// <param name="Anchor">The statement before which it is acquired.</param>
/// <param name="Token">The method's token.</param>
/// <param name="Uses">What runs the model afterwards.</param>
internal sealed record LeasePlace(MethodDeclarationSyntax Method, StatementSyntax Anchor, string Token, IReadOnlyList<MemberUse> Uses);
