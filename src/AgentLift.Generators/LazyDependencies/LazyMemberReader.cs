using AgentLift.Core.Rules;
using AgentLift.Generators.LazyDependencies.Plain;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>
/// Reads a marked member into what is written for it, or into what keeps it from being written. What this says of symbols holds for every member; it is not asked
/// where <see cref="PlainMemberReader"/> knows the same at less cost.
/// </summary>
internal static class LazyMemberReader
{
    /// <summary>Reads a member that seems to be marked by its text.</summary>
    /// <returns><see langword="null"/> where another attribute of that name marks it.</returns>
    public static ReadMember? Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        var declaration = (MemberDeclarationSyntax)context.Node;
        if (PlainMemberReader.Read(declaration, context.SemanticModel, cancellationToken) is { } plain)
            return new ReadMember(plain, default);
        return context.SemanticModel.GetDeclaredSymbol(declaration, cancellationToken) is { } member
            && member.GetAttributes().FirstOrDefault(candidate => IsMark(candidate, declaration)) is { } attribute
            ? Read(member, declaration, attribute, context.SemanticModel.Compilation, cancellationToken)
            : null;
    }

    /// <summary>Reads a member that is marked.</summary>
    public static ReadMember Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        Read(context.TargetSymbol, (MemberDeclarationSyntax)context.TargetNode, context.Attributes[0], context.SemanticModel.Compilation, cancellationToken);

    /// <summary>What is written for a member.</summary>
    public static LazyMember Written(
        INamedTypeSymbol agent, MemberDeclarationSyntax declaration, string name, MemberForm form, string field, string dependency, string? load, EquatableArray<string> options) => new(
            PartialClass.Of(agent, declaration),
            declaration.SyntaxTree.FilePath,
            string.Join(" ", declaration.Modifiers.Select(modifier => modifier.Text)),
            CSharpNames.Identifier(name),
            CSharpNames.Of(form.Type),
            form.Form,
            form.Token,
            field,
            dependency == name ? $"nameof({CSharpNames.Identifier(name)})" : CSharpNames.Literal(dependency),
            load,
            options);

    private static ReadMember Read(ISymbol member, MemberDeclarationSyntax declaration, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        var agent = member.ContainingType;
        var problems = new ProblemList(SourcePlace.Of(member.Locations[0]));
        if (agent is null || !CanHaveBody(member, agent, declaration, problems))
            return Refuse(problems);

        var form = MemberForm.Of(member, problems);
        if (form is null)
            return Refuse(problems);

        cancellationToken.ThrowIfCancellationRequested();
        var arguments = LazyArguments.Of(attribute);
        var siblings = LazySiblings.Of(agent);
        var name = siblings.NameOf(member, problems);
        var options = LazyOptions.Read(arguments, member.Name, problems);
        var load = arguments.IsService
            ? RegisteredService.Check(member.Name, form.Type, arguments.Load, problems)
            : arguments.Load is { } method
                ? new LoadMethod(compilation, agent, member.Name, form).Find(method, problems)
                : LoadConstructor.Find(compilation, agent, member.Name, form.Type, problems);
        return problems.IsEmpty
            ? new ReadMember(Written(agent, declaration, member.Name, form, siblings.FieldOf(member), name, load, options), default)
            : Refuse(problems);
    }

    /// <summary>The result of a member that cannot be used; without a problem where the compiler tells what is wrong.</summary>
    private static ReadMember Refuse(ProblemList problems) => new(null, problems.ToArray());

    private static bool IsMark(AttributeData attribute, MemberDeclarationSyntax declaration) =>
        attribute.ApplicationSyntaxReference?.SyntaxTree == declaration.SyntaxTree && attribute.AttributeClass.IsNamed(KnownNames.LazyDependencyAttribute);

    private static bool CanHaveBody(ISymbol member, INamedTypeSymbol agent, MemberDeclarationSyntax declaration, ProblemList problems)
    {
        if (!AgentTypes.IsAgent(agent))
            problems.Add(RuleIds.LazyMemberOutsideAgent, member.Name, agent.Name);
        else if (member.IsStatic)
            problems.Add(RuleIds.StaticLazyMember, member.Name);
        else if (!IsPartialWithoutBody(member))
            problems.Add(RuleIds.LazyMemberNotPartial, member.Name);
        if (!problems.IsEmpty)
            return false;

        if (PartialClass.FirstNotPartial(declaration) is { } closed)
            problems.Add(RuleIds.AgentNotPartial, closed, member.Name);
        if (AgentClasses.DeclaresByHand(agent) is { } by)
            problems.Add(RuleIds.DependenciesDeclaredByHand, by.Name, member.Name);
        return true;
    }

    private static bool IsPartialWithoutBody(ISymbol member) => member switch
    {
        IPropertySymbol property => property is { IsPartialDefinition: true, PartialImplementationPart: null },
        IMethodSymbol method => method is { IsPartialDefinition: true, PartialImplementationPart: null },
        _ => false,
    };
}
