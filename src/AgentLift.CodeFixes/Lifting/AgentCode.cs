using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>One agent as a rewriter sees it: what was found in it, and the code that a person wrote of it.</summary>
internal sealed class AgentCode
{
    public AgentCode(Solution solution, Compilation compilation, AgentAssessment assessment, TypeFacts facts, ClassDeclarationSyntax declaration)
    {
        Solution = solution;
        Compilation = compilation;
        Assessment = assessment;
        Facts = facts;
        Declaration = declaration;
        Style = SourceStyle.Of(declaration, declaration.SyntaxTree.GetText());
    }

    public Solution Solution { get; }

    public Compilation Compilation { get; }

    public AgentAssessment Assessment { get; }

    public TypeFacts Facts { get; }

    /// <summary>The first part that a person wrote; new members go there.</summary>
    public ClassDeclarationSyntax Declaration { get; }

    public SourceStyle Style { get; }

    public INamedTypeSymbol Type => Assessment.Type;

    public SemanticModel ModelOf(SyntaxNode node) => Compilation.GetSemanticModel(node.SyntaxTree);

    /// <summary>The findings of a rule, by position.</summary>
    public IEnumerable<Evidence> EvidenceOf(string ruleId) => Assessment.Evidence.Where(evidence => evidence.Rule.Id == ruleId);

    /// <summary>The node that a finding stands at.</summary>
    public static SyntaxNode NodeAt(Evidence evidence) => evidence.Location.SourceTree!.GetRoot().FindNode(evidence.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>A name that nothing in the class bears, beginning with the one wanted.</summary>
    public string FreeName(string wanted, ISet<string> taken)
    {
        var name = wanted;
        for (var i = 2; taken.Contains(name) || Type.MemberNames.Contains(name); i++)
            name = wanted + i;
        taken.Add(name);
        return name;
    }
}
