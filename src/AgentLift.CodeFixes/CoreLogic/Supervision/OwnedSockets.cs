using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>Hands listeners that loops wait on to the agent, which closes them when it has asked its loops to end.</summary>
internal static class OwnedSockets
{
    private static readonly HashSet<string> Ownable = new(StringComparer.Ordinal) { "System.Net.Sockets.TcpListener", "System.Net.Sockets.UdpClient", "System.Net.Sockets.Socket" };

    /// <summary>The one place that makes what a member holds; <see langword="null"/> where there is none, several, or one that cannot be owned.</summary>
    public static ExpressionSyntax? CreationOf(AgentSyntax code, ISymbol member)
    {
        var values = code.ReferencesTo(member)
            .Select(name => code.Whole(name)).Select(whole => whole.Parent is AssignmentExpressionSyntax assignment && assignment.Left == whole ? assignment.Right : null)
            .Append(member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initial } ? initial : null)
            .OfType<ExpressionSyntax>().Where(value => !value.IsKind(SyntaxKind.NullLiteralExpression)).ToList();
        return member is IFieldSymbol { IsStatic: false } && values.Count == 1
            && values[0] is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create" } } or InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Own" } }
            && code.ModelOf(values[0]).GetTypeInfo(values[0]).Type is { } type && Ownable.Contains(type.ToDisplayString())
            && (code.ModelOf(values[0]).GetEnclosingSymbol(values[0].SpanStart) is not { IsStatic: true })
                ? values[0]
                : null;
    }

    public static void Rewrite(AgentSyntax code, AgentDraft draft, Phases phases, StatementRemovals removals, IEnumerable<ISymbol> owned)
    {
        foreach (var member in owned.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            var creation = CreationOf(code, member)!;
            if (creation is InvocationExpressionSyntax { Expression: IdentifierNameSyntax })
                continue;
            var tree = creation.SyntaxTree;
            if (AgentSyntax.FunctionAround(creation) is null)
            {
                // An initialiser runs before there is an agent to own anything: the agent owns it from the first statement that uses it.
                if (FirstUse(code, phases, member) is { } first)
                    draft.Insert(tree, first.SpanStart, $"Own({member.Name});{SourceStyle.Of((TypeDeclarationSyntax)first.FirstAncestorOrSelf<TypeDeclarationSyntax>()!, tree.GetText()).NewLine}{SourceStyle.IndentOf(tree.GetText(), first.SpanStart)}");
            }
            else if (creation is ImplicitObjectCreationExpressionSyntax implicitly)
            {
                draft.Replace(tree, implicitly.NewKeyword.Span, $"Own(new {((INamedTypeSymbol)code.ModelOf(creation).GetTypeInfo(creation).Type!).ToMinimalDisplayString(code.ModelOf(creation), creation.SpanStart)}");
                draft.Insert(tree, creation.Span.End, ")");
            }
            else
            {
                draft.Insert(tree, creation.SpanStart, "Own(");
                draft.Insert(tree, creation.Span.End, ")");
            }

            foreach (var closing in code.ReferencesTo(member).Select(name => code.Whole(name)).Select(Closing).OfType<ExpressionStatementSyntax>())
            {
                if (phases.Of(closing) == Phase.Stop && PlainCode.IsPlain(closing))
                    removals.Add(closing);
            }
        }
    }

    public static bool CanOwn(AgentSyntax code, Phases phases, ISymbol member) =>
        CreationOf(code, member) is { } creation && (AgentSyntax.FunctionAround(creation) is not null || FirstUse(code, phases, member) is not null);

    private static StatementSyntax? FirstUse(AgentSyntax code, Phases phases, ISymbol member) => code.ReferencesTo(member)
        .Where(name => phases.Of(name) == Phase.Start && AgentSyntax.FunctionAround(name) is not null)
        .Select(name => AgentSyntax.StatementOf(name)).OfType<StatementSyntax>()
        .FirstOrDefault(statement => statement.Parent is BlockSyntax && statement.SyntaxTree == member.DeclaringSyntaxReferences[0].SyntaxTree);

    private static ExpressionStatementSyntax? Closing(ExpressionSyntax socket) => socket.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Stop" or "Close" or "Dispose", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement } } access when access.Expression == socket => statement,
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Stop" or "Close" or "Dispose" } }, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement } => statement,
        _ => null,
    };
}
