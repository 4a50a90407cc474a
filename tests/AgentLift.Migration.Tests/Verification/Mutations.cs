using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Migration.Tests.Verification;

/// <summary>Breaks rewritten text on purpose. Each kind says what is to notice it.</summary>
internal static class Mutations
{
    /// <summary>What the compiler notices.</summary>
    public static IReadOnlyDictionary<string, Func<string, Random, string?>> ForTheCompiler { get; } = new Dictionary<string, Func<string, Random, string?>>
    {
        ["a token is missing"] = (text, random) => WithoutOne<SyntaxToken>(text, random, root => root.DescendantTokens().Where(token =>
            token.IsKind(SyntaxKind.SemicolonToken) || token.IsKind(SyntaxKind.OpenBraceToken) || token.IsKind(SyntaxKind.CloseBraceToken) || token.IsKind(SyntaxKind.OpenParenToken) || token.IsKind(SyntaxKind.CloseParenToken)), token => token.Span),
        ["a name is another one"] = (text, random) => Replace(text, random, root => root.DescendantNodes().OfType<IdentifierNameSyntax>().Where(IsUsed).Select(name => name.Span), _ => "somethingElse"),
        ["the return is gone"] = (text, random) => Replace(text, random, root => root.DescendantNodes().OfType<ReturnStatementSyntax>().Select(statement => statement.Span), _ => string.Empty),
        ["a using is gone"] = (text, random) => Replace(text, random, root => root.DescendantNodes().OfType<UsingDirectiveSyntax>().Where(directive => directive.Name!.ToString().StartsWith("AgentLift", StringComparison.Ordinal)).Select(directive => directive.Span), _ => string.Empty),
        ["a method returns another type"] = (text, random) => Replace(text, random, root => root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.Modifiers.Any(SyntaxKind.OverrideKeyword)).Select(method => method.ReturnType.Span), _ => "int"),
        ["a member stands twice"] = (text, random) => Replace(text, random, root => root.DescendantNodes().OfType<MethodDeclarationSyntax>().Select(method => method.Span), method => method + "\n" + method),
        ["the base class is gone"] = (text, random) => Replace(text, random, root => root.DescendantNodes().OfType<BaseListSyntax>().Select(list => list.Span), _ => string.Empty),
        ["an argument is missing"] = (text, random) => Replace(text, random, root => root.DescendantNodes().OfType<ConstructorInitializerSyntax>().Select(call => call.ArgumentList.Span), _ => "()"),
    };

    /// <summary>What compiles, and the search for evidence notices, or the check of the marker.</summary>
    public static IReadOnlyDictionary<string, Func<string, Random, string?>> ForEvidenceAndMarker { get; } = new Dictionary<string, Func<string, Random, string?>>
    {
        ["a console line comes back"] = (text, random) => Replace(text, random, root => Statements(root).Select(statement => new Microsoft.CodeAnalysis.Text.TextSpan(statement.SpanStart, 0)), _ => "Console.WriteLine(\"back again\"); "),
        ["the marker is gone"] = (text, random) => Replace(text, random, root => Markers(root).Select(marker => marker.Parent!.Span), _ => string.Empty),
        ["the marker claims too much"] = (text, random) => Replace(text, random, root => Markers(root).Select(marker => marker.ArgumentList!.Arguments[0].Span), _ => "MigrationStage.CoreLogic"),
    };

    /// <summary>What compiles and shows no pattern: only a command of the user's can notice that the agent behaves otherwise.</summary>
    public static IReadOnlyDictionary<string, Func<string, Random, string?>> ForCommands { get; } = new Dictionary<string, Func<string, Random, string?>>
    {
        ["the loop is not ended"] = (text, _) => text.Replace("running = false;", "running = true;"),
        ["the start is forgotten"] = (text, _) => text.Replace("worker.Start();", string.Empty),
        ["nobody waits for the end"] = (text, _) => text.Replace("worker.Join();", string.Empty),
    };

    private static bool IsUsed(IdentifierNameSyntax name) => name.Parent is ExpressionSyntax or ArgumentSyntax or EqualsValueClauseSyntax && name.Parent is not (NameColonSyntax or QualifiedNameSyntax);

    private static IEnumerable<StatementSyntax> Statements(SyntaxNode root) => root.DescendantNodes().OfType<BlockSyntax>().SelectMany(block => block.Statements);

    private static IEnumerable<AttributeSyntax> Markers(SyntaxNode root) => root.DescendantNodes().OfType<AttributeSyntax>().Where(attribute => attribute.Name.ToString() == "LiftedAgent");

    private static string? WithoutOne<T>(string text, Random random, Func<SyntaxNode, IEnumerable<T>> find, Func<T, Microsoft.CodeAnalysis.Text.TextSpan> spanOf) =>
        Replace(text, random, root => find(root).Select(spanOf), _ => string.Empty);

    private static string? Replace(string text, Random random, Func<SyntaxNode, IEnumerable<Microsoft.CodeAnalysis.Text.TextSpan>> find, Func<string, string> by)
    {
        var spans = find(CSharpSyntaxTree.ParseText(text).GetRoot()).ToList();
        if (spans.Count == 0)
            return null;
        var span = spans[random.Next(spans.Count)];
        return string.Concat(text.AsSpan(0, span.Start), by(text.Substring(span.Start, span.Length)), text.AsSpan(span.End));
    }
}
