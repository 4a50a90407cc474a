using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>
/// The variables in which a program keeps agents, or how they are stopped, until its end: <c>stops.Push(tutor.Stop)</c>, later <c>stops.Pop()()</c>. Where they
/// serve nothing else they go, for the host stops what it started.
/// </summary>
/// <param name="entry">The program.</param>
/// <param name="types">The classes of the agents found so far.</param>
internal sealed class StopGathering(EntryPoint entry, Func<IReadOnlyCollection<INamedTypeSymbol>> types)
{
    private static readonly string[] Adding = ["Push", "Add", "Enqueue"];
    private static readonly string[] Walking = ["Pop", "Dequeue", "TryPop", "TryDequeue", "Reverse", "AsEnumerable", "ToArray", "ToList", "Any", "Clear"];

    private readonly HashSet<ISymbol> keepers = new(SymbolEqualityComparer.Default);
    private readonly List<SyntaxNode> gone = [];

    /// <summary>The value that a statement puts into a keeper: <c>tutor.Stop</c> in <c>stops.Push(tutor.Stop);</c>.</summary>
    public ExpressionSyntax? KeptBy(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax keeper, Name.Identifier.ValueText: var method }, ArgumentList.Arguments: [var value] } }
        && Adding.Contains(method) && entry.Model.GetSymbolInfo(keeper).Symbol is ILocalSymbol
            ? value.Expression
            : null;

    /// <summary>The variable of a statement for which <see cref="KeptBy"/> found a value keeps how agents are stopped.</summary>
    public void Keeps(StatementSyntax statement)
    {
        var call = (InvocationExpressionSyntax)((ExpressionStatementSyntax)statement).Expression;
        keepers.Add(entry.Model.GetSymbolInfo(((MemberAccessExpressionSyntax)call.Expression).Expression).Symbol!);
        gone.Add(statement);
    }

    /// <summary>A variable of the body holds an agent, or what a function that starts one returns.</summary>
    public void Holds(ILocalSymbol local, IEnumerable<StatementSyntax> statements)
    {
        keepers.Add(local);
        gone.AddRange(statements);
    }

    /// <summary>The value is an agent, or stops it when it is called.</summary>
    public bool IsHandOut(ExpressionSyntax? value, ISymbol? agent) => value switch
    {
        IdentifierNameSyntax => entry.Model.IsName(value, agent),
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } => entry.Model.IsName(owner, agent) && IsStop(entry.Model.GetSymbolInfo(value).Symbol),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax stop, ArgumentList.Arguments.Count: 0 } => value.Parent is not ArgumentSyntax and not ReturnStatementSyntax && IsHandOut(stop, agent),
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0, ExpressionBody: { } body } => IsHandOut(ProgramCalls.CallIn(body), agent),
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0, Block.Statements: [ExpressionStatementSyntax { Expression: var only }] } => IsHandOut(ProgramCalls.CallIn(only), agent),
        _ => false,
    };

    /// <summary>The statement stops what is kept, and does nothing else.</summary>
    public bool StopsAll(StatementSyntax statement)
    {
        if (statement is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax || !entry.Model.SymbolsIn(statement).Any(keepers.Contains))
            return false;
        return statement.DescendantNodesAndSelf().All(node => node switch
        {
            InvocationExpressionSyntax call => entry.Model.GetSymbolInfo(call).Symbol is IMethodSymbol method && (IsWalking(method) || IsStop(method)),
            AssignmentExpressionSyntax or BaseObjectCreationExpressionSyntax or AnonymousFunctionExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.LogicalNotExpression } => false,
            StatementSyntax part => part is BlockSyntax or ForEachStatementSyntax or WhileStatementSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax or EmptyStatementSyntax or IfStatementSyntax,
            IdentifierNameSyntax name => IsOfStopping(entry.Model.GetSymbolInfo(name).Symbol, statement),
            _ => true,
        });
    }

    /// <summary>The statement declares a variable that keeps how agents are stopped.</summary>
    public bool IsDeclaration(StatementSyntax statement) =>
        statement is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax or CollectionExpressionSyntax } variable] }
        && entry.Model.GetDeclaredSymbol(variable) is { } symbol && keepers.Contains(symbol);

    /// <summary>Why what is kept cannot go; <see langword="null"/> where it can.</summary>
    public string? Obstacle(StatementRole[] roles)
    {
        var kept = gone.Concat(entry.Statements.Where((_, i) => roles[i] is StatementRole.Gather or StatementRole.Stop)).ToList();
        foreach (var keeper in keepers)
        {
            if (keeper.DeclaringSyntaxReferences is not [var part] || !kept.Any(node => node.SyntaxTree == part.SyntaxTree && node.Span.Contains(part.Span)))
                return $"'{keeper.Name}' keeps how agents are stopped, and is not made empty in the body of the program";
            if (entry.Tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(name => entry.Model.IsName(name, keeper) && !kept.Any(node => node.Span.Contains(name.Span))) is { } other)
                return $"'{ProgramCalls.Shown(other.FirstAncestorOrSelf<StatementSyntax>()!)}' uses '{keeper.Name}', which keeps how agents are stopped";
        }

        return null;
    }

    private bool IsOfStopping(ISymbol? symbol, StatementSyntax statement) => symbol switch
    {
        ILocalSymbol local => keepers.Contains(local) || local.DeclaringSyntaxReferences.Any(part => statement.Span.Contains(part.Span)),
        IMethodSymbol or ITypeSymbol or INamespaceSymbol => true,
        IPropertySymbol { Name: "Count" } => true,
        _ => false,
    };

    private static bool IsWalking(IMethodSymbol method) => Walking.Contains(method.Name) && method.ContainingNamespace.ToDisplayString().StartsWith("System", StringComparison.Ordinal);

    private bool IsStop(ISymbol? symbol) => symbol is IMethodSymbol method
        && (method.MethodKind == MethodKind.DelegateInvoke || PhaseCalls.Of(method, types()) == PhaseCall.Stop || method is { Name: "Dispose", ContainingType.SpecialType: SpecialType.System_IDisposable });
}
