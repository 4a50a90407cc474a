using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Tells whether a field or property can be declared as a lazy member.</summary>
internal static class Shapes
{
    private const LanguageVersion PartialProperties = (LanguageVersion)1300;

    /// <summary>Libraries whose objects belong to the thread that made them.</summary>
    private static readonly string[] BoundToThread = ["ManagedCuda", "NAudio", "OpenTK", "Python.Runtime", "Silk.NET", "System.Windows", "Windows", "WinRT"];

    /// <summary>Why it cannot; <see langword="null"/> where it can.</summary>
    public static string? Obstacle(TypeFacts agent, LoadTarget target)
    {
        var what = target.Member.Name;
        var reference = target.Member.DeclaringSyntaxReferences[0];
        if (target.Member.DeclaringSyntaxReferences.Length > 1 || !HandWritten.Contains(reference.SyntaxTree))
            return $"{what} is declared in generated code";
        var declaration = reference.GetSyntax().FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
        if (((CSharpParseOptions)reference.SyntaxTree.Options).LanguageVersion < PartialProperties)
            return "lazy members are partial properties, which need C# 13";
        if (agent.Type.GetMembers("DeclareDependencies").Any(member => member.DeclaringSyntaxReferences.Any(part => HandWritten.Contains(part.SyntaxTree))) || IsDeclaredByBase(agent.Type))
            return $"{agent.Type.Name} declares its dependencies by hand: declare {what} there as well";
        if (agent.Type.IsFileLocal)
            return $"{agent.Type.Name} is local to its file, where no generator can add to it";
        if (IsBoundToThread(agent, target))
            return $"{what} belongs to the thread that loads it, and a lazy load runs on a thread of the pool";
        return declaration switch
        {
            FieldDeclarationSyntax { Declaration.Variables.Count: > 1 } => $"{what} is declared together with other fields: give it a declaration of its own",
            FieldDeclarationSyntax { AttributeLists.Count: > 0 } => $"{what} bears an attribute that a property may not have",
            FieldDeclarationSyntax field when field.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.RequiredKeyword or SyntaxKind.FixedKeyword) => $"{what} is set by whoever makes the agent",
            PropertyDeclarationSyntax property => OfProperty(property, (IPropertySymbol)target.Member),
            FieldDeclarationSyntax => null,
            _ => $"{what} is not declared as a field or property",
        } ?? OfType(target.Type, what);
    }

    private static bool IsDeclaredByBase(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.GetMembers("DeclareDependencies").Any(member => member.IsSealed))
                return true;
        }

        return false;
    }

    private static string? OfProperty(PropertyDeclarationSyntax property, IPropertySymbol symbol)
    {
        var what = symbol.Name;
        if (symbol.IsVirtual || symbol.IsOverride || symbol.IsAbstract || property.ExplicitInterfaceSpecifier is not null)
            return $"{what} is virtual or implements an interface explicitly";
        if (property.AccessorList is not { } accessors || accessors.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null || accessor.AttributeLists.Count > 0))
            return $"{what} has code of its own";
        return symbol.SetMethod is { DeclaredAccessibility: not Accessibility.Private } || symbol.IsRequired ? $"{what} can be set from outside" : null;
    }

    /// <summary>Why a value of the type cannot be handed out by a property; <see langword="null"/> where it can.</summary>
    public static string? OfType(ITypeSymbol type, string what) => type switch
    {
        { TypeKind: TypeKind.Error or TypeKind.Dynamic or TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.TypeParameter } => $"the type of {what} is none that can be kept for later",
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => $"{what} may be null",
        INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" } => $"{what} is a task: its load is under way in the background already",
        { IsValueType: true, IsReadOnly: false, SpecialType: SpecialType.None, TypeKind: not TypeKind.Enum } => $"{what} is a struct, of which a property gives a copy",
        _ => null,
    };

    private static bool IsBoundToThread(TypeFacts agent, LoadTarget target)
    {
        var space = target.Type.ContainingNamespace?.ToDisplayString() ?? string.Empty;
        return BoundToThread.Any(bound => space == bound || space.StartsWith(bound + ".", StringComparison.Ordinal))
            || agent.Calls.Any(call => call.Operation.TargetMethod.Name is "SetApartmentState" or "TrySetApartmentState")
            || agent.Type.GetMembers().Any(member => member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "STAThreadAttribute"));
    }
}
