using System.Security.Cryptography;
using System.Text;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Migration.Assessment;

/// <summary>
/// The identity of a piece of evidence: rule, agent, member and the tokens of the statement. Lines, files, white space and
/// comments do not count, so that moved lines, renamed files and reformatting keep it; the number among equals in the same
/// member tells repetitions apart.
/// </summary>
internal sealed class EvidenceFingerprint(string agentType)
{
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);

    /// <summary>The fingerprint of a piece of evidence. Call once for each, in the order of position.</summary>
    public string Of(Evidence evidence, CancellationToken cancellationToken)
    {
        var text = new StringBuilder()
            .Append(evidence.Rule.Id).Append('\n')
            .Append(agentType).Append('\n');
        if (evidence.Location.SourceTree is { } tree)
        {
            var node = tree.GetRoot(cancellationToken).FindNode(evidence.Location.SourceSpan, getInnermostNodeForTie: true);
            text.Append(MemberOf(node)).Append('\n');
            AppendTokens(text, AnchorOf(node));
        }
        else
        {
            text.Append(evidence.Symbol.Name);
        }

        var content = text.ToString();
        var ordinal = seen[content] = seen.GetValueOrDefault(content) + 1;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{content}\n{ordinal}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    /// <summary>The names of the member and of the types around it, outermost first.</summary>
    private static string MemberOf(SyntaxNode node) =>
        string.Join('.', node.AncestorsAndSelf().Select(NameOf).Where(name => name is not null).Reverse());

    private static string? NameOf(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Modifiers.Any(modifier => modifier.ValueText == "static") ? ".cctor" : ".ctor",
        DestructorDeclarationSyntax => "Finalize",
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        EventDeclarationSyntax @event => @event.Identifier.ValueText,
        IndexerDeclarationSyntax => "this[]",
        OperatorDeclarationSyntax @operator => @operator.OperatorToken.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => field.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The statement, initialiser or declaration whose text stands for the evidence.</summary>
    private static SyntaxNode AnchorOf(SyntaxNode node) =>
        node.AncestorsAndSelf().FirstOrDefault(ancestor => ancestor
            is StatementSyntax and not BlockSyntax
            or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax }
            or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax }
            or MemberDeclarationSyntax
            or AttributeListSyntax
            or ConstructorInitializerSyntax
            or ArrowExpressionClauseSyntax) ?? node;

    /// <summary>Writes the tokens of a node without the statements nested in it. A declaration is known by its name alone, which the member has.</summary>
    private static void AppendTokens(StringBuilder text, SyntaxNode anchor)
    {
        if (anchor is MemberDeclarationSyntax or LocalFunctionStatementSyntax)
            return;
        foreach (var token in anchor.DescendantTokens(node => node == anchor || !IsNested(node)))
            text.Append(token.ValueText).Append(' ');
    }

    private static bool IsNested(SyntaxNode node) =>
        node is StatementSyntax or CatchClauseSyntax or FinallyClauseSyntax or ElseClauseSyntax or SwitchSectionSyntax;
}
