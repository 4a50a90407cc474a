using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>
/// Tells conditions that only say whether the agent is to stop: flags, tokens and signals that nothing but its start and its stop sets. A loop that such a
/// condition ends runs as long as the agent, as an endpoint does.
/// </summary>
internal sealed class StopSignals(AgentSource source)
{
    private static readonly string[] Ends = ["OnStoppedAsync", "OnDrainingAsync", "Stop", "StopAsync", "Dispose", "DisposeAsync"];
    private static readonly string[] Begins = ["OnStartingAsync", "OnStartedAsync", "Start"];

    /// <summary>The condition asks for nothing else, and has no effect but to wait.</summary>
    public bool IsStop(ExpressionSyntax condition)
    {
        foreach (var name in condition.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        {
            if (!IsPart(name))
                return false;
        }

        return !condition.DescendantNodesAndSelf().Any(part => part is AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax or BaseObjectCreationExpressionSyntax or PostfixUnaryExpressionSyntax or AwaitExpressionSyntax);
    }

    private bool IsPart(SimpleNameSyntax name) => source.SymbolOf(name) switch
    {
        IFieldSymbol { HasConstantValue: true } => true,
        IFieldSymbol field when IsOwn(field) => IsSetByLifeOnly(field),
        IPropertySymbol property when IsOwn(property) => Gate(property) ?? IsSetByLifeOnly(property),
        IPropertySymbol property => property.Name is "IsCancellationRequested" or "Token" or "WaitHandle",
        IMethodSymbol method => method.Name is "Wait" or "WaitOne" or "Read" or "CompareExchange" && method.ContainingNamespace?.ToDisplayString().StartsWith("System.Threading", StringComparison.Ordinal) == true,
        ILocalSymbol local => IsToken(local) || IsCounter(local),
        IParameterSymbol parameter => parameter.Type.Name == nameof(CancellationToken),
        INamedTypeSymbol or INamespaceSymbol => true,
        _ => false,
    };

    // private bool IsOver { get { lock (gate) return over; } }
    private bool? Gate(IPropertySymbol property)
    {
        var declaration = property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        if (declaration is not PropertyDeclarationSyntax syntax || syntax.AccessorList?.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null) == true)
            return null;
        return syntax.DescendantNodes().OfType<SimpleNameSyntax>().All(name => source.SymbolOf(name) is not (IFieldSymbol or IPropertySymbol) || source.SymbolOf(name) is IFieldSymbol { Type.SpecialType: SpecialType.System_Object } || IsPart(name))
            && !syntax.DescendantNodes().Any(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax);
    }

    // var token = _source.Token;
    private bool IsToken(ILocalSymbol local) =>
        local.Type.Name == nameof(CancellationToken)
        && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
        && IsStop(value);

    // for (var round = 0; _running && round < int.MaxValue; round++)
    private static bool IsCounter(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Parent.Parent: ForStatementSyntax };

    private bool IsOwn(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.OriginalDefinition, source.Agent.Type.OriginalDefinition);

    private bool IsSetByLifeOnly(ISymbol signal) =>
        signal.DeclaredAccessibility is Accessibility.Private or Accessibility.NotApplicable or Accessibility.Protected
        || signal is IPropertySymbol { SetMethod: null or { DeclaredAccessibility: Accessibility.Private } }
            ? source.ReferencesTo(signal).All(reference => !Sets(reference) || IsLife(AgentSource.FunctionAround(reference), []))
            : false;

    private bool Sets(SimpleNameSyntax reference)
    {
        var whole = source.Whole(reference);
        return whole.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == whole,
            PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax => whole.Parent.Kind() is not (SyntaxKind.LogicalNotExpression or SyntaxKind.SuppressNullableWarningExpression),
            ArgumentSyntax { Parent.Parent: ExpressionSyntax call } argument => argument.RefKindKeyword.IsKind(SyntaxKind.None)
                ? source.TypeOf(whole)?.IsReferenceType == true
                : !OnlyReads(AgentSource.CallIn(call)),
            MemberAccessExpressionSyntax access when access.Expression == whole => access.Name.Identifier.ValueText is "Cancel" or "CancelAsync" or "CancelAfter" or "Set" or "Reset",
            ConditionalAccessExpressionSyntax => true,
            _ => false,
        };
    }

    // Volatile.Read(ref state), Interlocked.CompareExchange(ref state, 0, 0)
    private static bool OnlyReads((string Name, ExpressionSyntax? Receiver, InvocationExpressionSyntax Call)? call) => call switch
    {
        ("Read", _, _) => true,
        ("CompareExchange", _, { ArgumentList.Arguments: { Count: 3 } given }) => given[1].ToString() == given[2].ToString(),
        _ => false,
    };

    /// <summary>A function that belongs to the agent's start or stop: a phase, a constructor, or what only those call.</summary>
    public bool IsLife(SyntaxNode? function, HashSet<SyntaxNode> seen)
    {
        if (function is ConstructorDeclarationSyntax)
            return true;
        if (function is null || !seen.Add(function))
            return function is not null;
        if (function is not MethodDeclarationSyntax method || source.Declared(method) is not IMethodSymbol symbol)
            return false;
        if (Ends.Contains(symbol.Name) || Begins.Contains(symbol.Name))
            return true;
        var callers = source.ReferencesTo(symbol);
        return callers.Count > 0 && (symbol.DeclaredAccessibility == Accessibility.Private || callers.Any(caller => Ends.Contains((AgentSource.FunctionAround(caller) as MethodDeclarationSyntax)?.Identifier.ValueText)))
            && callers.All(caller => IsLife(AgentSource.FunctionAround(caller), seen));
    }
}
