using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.ModelManagers;

/// <summary>Whether a class can get the base class, the constructor and the override of a manager of models.</summary>
internal static class ManagerForm
{
    /// <summary>Whether it can; where not, with a problem, unless the compiler tells what is wrong.</summary>
    public static bool CanBeManager(INamedTypeSymbol manager, TypeDeclarationSyntax declaration, ProblemList problems)
    {
        if (PartialClass.FirstNotPartial(declaration) is { } closed)
            problems.Add(RuleIds.ManagerNotPartial, closed, manager.Name);
        else if (WhyNot(manager) is var (reason, instead))
            problems.Add(RuleIds.ManagerForm, manager.Name, reason, instead);
        return problems.IsEmpty && manager.BaseType?.TypeKind != TypeKind.Error;
    }

    public static bool HasConstructor(INamedTypeSymbol manager) => manager.InstanceConstructors.Any(constructor => !constructor.IsImplicitlyDeclared);

    private static (string Reason, string Instead)? WhyNot(INamedTypeSymbol manager) => manager switch
    {
        { IsStatic: true } => ("is static", "remove the modifier static"),
        { IsRecord: true } => ("is a record", "make it a class"),
        { IsFileLocal: true } => ("is local to its file", "remove the modifier file"),
        { BaseType: { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } parent } when parent.ToDisplayString() != KnownNames.ModelManager =>
            ($"derives from '{parent.Name}'", "remove that base class"),
        _ when manager.GetMembers(KnownNames.DeclareModels).OfType<IMethodSymbol>().Any(method => method is { Parameters.IsEmpty: true, Arity: 0 }) =>
            ("declares DeclareModels itself", "remove that method, or the attribute"),
        _ => null,
    };
}
