using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>Reads a marked member into what is written for it, or into what keeps it from being written.</summary>
internal static class LazyMemberReader
{
    public static ReadMember Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var member = context.TargetSymbol;
        var agent = member.ContainingType;
        var problems = new ProblemList(SourcePlace.Of(member.Locations[0]));
        var declaration = (MemberDeclarationSyntax)context.TargetNode;
        if (agent is null || !CanHaveBody(member, agent, declaration, problems))
            return Refuse(problems);

        var form = MemberForm.Of(member, problems);
        if (form is null)
            return Refuse(problems);

        cancellationToken.ThrowIfCancellationRequested();
        var attribute = context.Attributes[0];
        var siblings = LazySiblings.Of(agent);
        var name = siblings.NameOf(member, problems);
        var options = LazyOptions.Read(attribute, member, problems);
        var method = attribute.ConstructorArguments.Select(argument => argument.Value).FirstOrDefault() as string;
        var load = LazyOptions.IsService(attribute)
            ? RegisteredService.Check(member, form.Type, method, problems)
            : method is not null
                ? new LoadMethod(context.SemanticModel.Compilation, agent, member, form).Find(method, problems)
                : LoadConstructor.Find(context.SemanticModel.Compilation, agent, member, form.Type, problems);
        if (!problems.IsEmpty)
            return Refuse(problems);

        return new ReadMember(
            new LazyMember(
                PartialClass.Of(agent, declaration),
                declaration.SyntaxTree.FilePath,
                string.Join(" ", declaration.Modifiers.Select(modifier => modifier.Text)),
                CSharpNames.Identifier(member.Name),
                CSharpNames.Of(form.Type),
                form.Form,
                form.Token,
                siblings.FieldOf(member),
                name == member.Name ? $"nameof({CSharpNames.Identifier(name)})" : CSharpNames.Literal(name),
                load,
                options),
            default);
    }

    /// <summary>The result of a member that cannot be used; without a problem where the compiler tells what is wrong.</summary>
    private static ReadMember Refuse(ProblemList problems) => new(null, problems.ToArray());

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
