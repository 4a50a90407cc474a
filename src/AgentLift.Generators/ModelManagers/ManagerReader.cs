using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.ModelManagers;

/// <summary>Reads a marked class into a manager of models, or into what keeps it from being one.</summary>
internal static class ManagerReader
{
    public static ReadManager Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var manager = (INamedTypeSymbol)context.TargetSymbol;
        var declaration = (TypeDeclarationSyntax)context.TargetNode;
        var problems = new ProblemList(SourcePlace.Of(declaration.Identifier.GetLocation()));
        var compilation = context.SemanticModel.Compilation;
        if (!ManagerForm.CanBeManager(manager, declaration, problems))
            return new ReadManager(null, problems.ToArray());

        if (context.Attributes[0].NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value is string name && string.IsNullOrWhiteSpace(name))
            problems.Add(RuleIds.ModelOptionOutOfRange, manager.Name, "Name", CSharpNames.Literal(name), "a name that is not blank");

        cancellationToken.ThrowIfCancellationRequested();
        var file = context.Attributes[0].ConstructorArguments.Select(argument => argument.Value as string).FirstOrDefault();
        return new ReadManager(
            new Manager(
                PartialClass.Of(manager, declaration),
                manager.Name,
                ManagerForm.HasConstructor(manager) ? null : $"{(manager.IsAbstract ? "protected" : "public")} {CSharpNames.Identifier(manager.Name)}",
                TakenNames(compilation, manager),
                ModelProperties.Read(compilation, manager, problems),
                file is null ? null : new NamedFile(file, SourcePlace.Of(context.Attributes[0].ApplicationSyntaxReference!.GetSyntax(cancellationToken).GetLocation()))),
            problems.ToArray());
    }

    private static EquatableArray<string> TakenNames(Compilation compilation, INamedTypeSymbol manager)
    {
        var names = manager.GetMembers().Select(member => member.Name)
            .Concat(compilation.GetTypeByMetadataName(KnownNames.ModelManager)?.MemberNames ?? [])
            .Concat(compilation.GetSpecialType(SpecialType.System_Object).MemberNames)
            .Concat(manager.TypeParameters.Select(parameter => parameter.Name))
            .Append(manager.Name);
        return new([.. names.Distinct().OrderBy(name => name, StringComparer.Ordinal)]);
    }
}
