using System.Collections.Immutable;
using AgentLift.Core.Assessment;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core;

/// <summary>
/// Reads one type outside of an analyzer: for the tool, to which diagnostics of the compiler and questions of nullability would cost more than the reading, and for
/// rewriters, which must know more than the places that diagnostics name. Safe from any thread.
/// </summary>
internal sealed class AgentReader
{
    private readonly Compilation compilation;
    private readonly WrittenCode written;
    private readonly AgentAssessor assessor;

    public AgentReader(Compilation compilation, WrittenCode written, FleetData data, CancellationToken cancellationToken)
    {
        this.compilation = compilation;
        this.written = written;
        assessor = new AgentAssessor(compilation, data, cancellationToken);
    }

    /// <summary>The same facts and the same findings that the analyzer's pass comes to.</summary>
    /// <returns><see langword="null"/> where the type is no agent.</returns>
    public (AgentFindings Findings, TypeFacts Facts)? Read(INamedTypeSymbol type, AgentSettings settings, CancellationToken cancellationToken) =>
        FactsOf(type, cancellationToken) is var facts && assessor.Find(facts, settings) is { } findings ? (findings, facts) : null;

    /// <summary>The same assessment that the analyzer's pass comes to.</summary>
    /// <returns><see langword="null"/> where the type is no agent.</returns>
    public (AgentAssessment Assessment, TypeFacts Facts)? Assess(INamedTypeSymbol type, AgentSettings settings, CancellationToken cancellationToken) =>
        FactsOf(type, cancellationToken) is var facts && assessor.Assess(facts, settings) is { } assessment ? (assessment, facts) : null;

    private TypeFacts FactsOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var members = new List<MemberFacts>();
        var models = new Dictionary<SyntaxTree, SemanticModel?>();
        foreach (var member in type.GetMembers())
        {
            foreach (var part in member.DeclaringSyntaxReferences)
            {
                var blocks = BlocksOf(part.GetSyntax(cancellationToken), models, cancellationToken);
                if (!blocks.IsEmpty)
                    members.Add(OperationCollector.Collect(assessor.Knowledge, type, member, blocks));
            }
        }

        return new TypeFacts(type, assessor.Knowledge, members);
    }

    private ImmutableArray<IOperation> BlocksOf(SyntaxNode declaration, Dictionary<SyntaxTree, SemanticModel?> models, CancellationToken cancellationToken)
    {
        SyntaxNode?[] bodies = declaration switch
        {
            ConstructorDeclarationSyntax constructor => [constructor.Initializer, constructor.Body, constructor.ExpressionBody],
            BaseMethodDeclarationSyntax method => [method.Body, method.ExpressionBody],
            AccessorDeclarationSyntax accessor => [accessor.Body, accessor.ExpressionBody],
            ArrowExpressionClauseSyntax arrow => [arrow],
            VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } field => [field.Initializer],
            PropertyDeclarationSyntax property => [property.Initializer],
            TypeDeclarationSyntax { ParameterList: not null } primary => [primary.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault()],
            CompilationUnitSyntax unit => [unit],
            _ => [],
        };
        if (bodies.All(body => body is null))
            return [];
        if (!models.TryGetValue(declaration.SyntaxTree, out var model))
            models[declaration.SyntaxTree] = model = written.Contains(declaration.SyntaxTree) ? compilation.GetMeaningModel(declaration.SyntaxTree) : null;
        return model is null ? [] : [.. bodies.OfType<SyntaxNode>().Select(body => model.GetOperation(body, cancellationToken)).OfType<IOperation>()];
    }
}
