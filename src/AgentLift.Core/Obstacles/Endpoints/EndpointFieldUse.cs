using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Endpoints;

/// <summary>Tells whether a field that holds an endpoint can become a property that reads it from the agent's settings.</summary>
internal static class EndpointFieldUse
{
    /// <summary>Why it cannot; <see langword="null"/> where nothing in the agent is against it.</summary>
    public static string? Obstacle(NamedSource source, IFieldSymbol field)
    {
        if (field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } value, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax declaration } })
            return $"{field.Name} is declared together with others: give it a line of its own";
        if (field.Type.SpecialType is not (SpecialType.System_String or SpecialType.System_Int32) || source.ConstantOf(value) is not (string or int))
            return $"{field.Name} is neither a text nor a whole number";
        if (declaration.AttributeLists.Count > 0 || declaration.Parent is not TypeDeclarationSyntax type || !source.Parts.Contains(type))
            return $"{field.Name} has attributes or stands in a nested type";
        var isOpen = field.DeclaredAccessibility is not (Accessibility.Private or Accessibility.NotApplicable);
        if (isOpen && (field.IsConst || field.IsStatic))
            return $"{field.Name} is {(field.IsConst ? "a constant" : "static")} that others can read: they would have to ask an agent for it";
        foreach (var reference in source.ReferencesTo(field))
        {
            var whole = source.Whole(reference);
            if (!EndpointPlace.HasAgent(source, reference))
                return $"{field.Name} is used where there is no agent to ask for its settings: {PlaceNames.Of(reference)}";
            if (whole is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax })
                return $"{field.Name} is used through the name of the class: use it without";
            if (whole.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } || NeedsConstant(whole))
                return $"{field.Name} is used where a property cannot stand: {PlaceNames.Of(reference)}";
        }

        return isOpen && field is { IsReadOnly: false } && source.Facts.Type.GetMembers().OfType<IMethodSymbol>().Any(method => method.IsStatic && method.Name == field.Name)
            ? $"{field.Name} is hidden"
            : null;
    }

    // A default of a parameter, another constant, a case.
    private static bool NeedsConstant(ExpressionSyntax use) =>
        use.FirstAncestorOrSelf<CaseSwitchLabelSyntax>() is not null || use.FirstAncestorOrSelf<PatternSyntax>() is not null || use.FirstAncestorOrSelf<AttributeSyntax>() is not null
        || use.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { IsConst: true };
}
