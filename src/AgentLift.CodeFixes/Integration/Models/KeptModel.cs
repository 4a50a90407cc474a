using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>A model that an agent loads once and keeps in a member of its own.</summary>
internal sealed class KeptModel
{
    private KeptModel(ModelLoad load, ISymbol member, MemberDeclarationSyntax declaration)
    {
        Load = load;
        Member = member;
        Declaration = declaration;
        Device = load.Device;
    }

    public ModelLoad Load { get; }

    /// <summary>The field, or the lazy property.</summary>
    public ISymbol Member { get; }

    public MemberDeclarationSyntax Declaration { get; }

    /// <summary>The statement that loads it into the field; <see langword="null"/> where an initialiser or a load method does.</summary>
    public ExpressionStatementSyntax? Assigning { get; private init; }

    /// <summary>The load method of a lazy member.</summary>
    public MethodDeclarationSyntax? LoadMethod { get; private init; }

    /// <summary>The variable that holds it in the load method; <see langword="null"/> where the method only returns it.</summary>
    public ISymbol? Local { get; private init; }

    /// <summary>The device that it ends up on; <see langword="null"/> where it is chosen at run time.</summary>
    public string? Device { get; set; }

    /// <summary>Whether its name stands in <c>nameof</c> or in documentation.</summary>
    public bool IsNamedInText { get; set; }

    /// <summary>Statements that move it or put it into evaluation mode, which its manager does.</summary>
    public List<StatementSyntax> Prepared { get; } = [];

    /// <summary>Statements that dispose of it.</summary>
    public List<ExpressionStatementSyntax> Released { get; } = [];

    /// <summary>All other places that use it.</summary>
    public List<MemberUse> Uses { get; } = [];

    /// <summary>Finds the member that a load goes into.</summary>
    /// <returns>The member, or why there is none that a lease could take the place of.</returns>
    public static (KeptModel? Model, string? Obstacle) Find(AgentSource source, ModelLoad load)
    {
        switch (load.Value.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: FieldDeclarationSyntax field } } declarator }:
                var declared = source.ModelOf(declarator).GetDeclaredSymbol(declarator)!;
                return Obstacle(declared, field) is { } hidden ? (null, hidden) : (new KeptModel(load, declared, field), null);
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } assignment when assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && source.SymbolOf(assignment.Left) is IFieldSymbol target:
                return target.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax().FirstAncestorOrSelf<FieldDeclarationSyntax>() is not { } place ? (null, $"{target.Name} is not the agent's own")
                    : Obstacle(target, place) is { } other ? (null, other)
                    : (new KeptModel(load, target, place) { Assigning = statement }, null);
            case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method }:
                return FindLazy(source, load, method, null);
            case ReturnStatementSyntax { Parent: BlockSyntax { Statements.Count: 1, Parent: MethodDeclarationSyntax method } }:
                return FindLazy(source, load, method, null);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Parent: BlockSyntax { Parent: MethodDeclarationSyntax method } body } declaration } } declarator }
                when body.Statements[0] == declaration && body.Statements.Last() is ReturnStatementSyntax { Expression: IdentifierNameSyntax returned } && returned.Identifier.ValueText == declarator.Identifier.ValueText:
                return FindLazy(source, load, method, source.ModelOf(declarator).GetDeclaredSymbol(declarator));
            default:
                return (null, "the model is not kept in a field of the agent: keep it in one first");
        }
    }

    private static (KeptModel? Model, string? Obstacle) FindLazy(AgentSource source, ModelLoad load, MethodDeclarationSyntax method, ISymbol? local)
    {
        var names = source.ReferencesTo(source.ModelOf(method).GetDeclaredSymbol(method)!);
        return names is [var name] && name.FirstAncestorOrSelf<AttributeSyntax>() is { Name: var attribute, Parent.Parent: PropertyDeclarationSyntax property }
            && source.TypeOf(attribute)?.ToDisplayString() == "AgentLift.Runtime.LazyDependencyAttribute"
            && source.ModelOf(property).GetDeclaredSymbol(property) is IPropertySymbol { DeclaredAccessibility: Accessibility.Private, IsStatic: false } lazy
                ? (new KeptModel(load, lazy, property) { LoadMethod = method, Local = local }, null)
                : (null, $"{method.Identifier.ValueText} loads the model for whoever calls it: keep it in a field first");
    }

    private static string? Obstacle(ISymbol member, FieldDeclarationSyntax field) => member switch
    {
        { IsStatic: true } => $"{member.Name} is static, and a lease is held by one agent: make it a member of the agent first",
        not { DeclaredAccessibility: Accessibility.Private } => $"others can see {member.Name}: make it private first",
        IFieldSymbol { IsVolatile: true } => $"{member.Name} is volatile, which a lease cannot be",
        _ when field.Declaration.Variables.Count > 1 => $"{member.Name} is declared together with other fields: give it a declaration of its own",
        _ when field.AttributeLists.Count > 0 => $"{member.Name} bears an attribute",
        _ => null,
    };
}
