using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Endpoints;

/// <summary>Makes a field that holds an endpoint a property that reads it from the agent's settings; what callers set still counts for more.</summary>
internal static class EndpointField
{
    /// <returns>Why the field stays; <see langword="null"/> where it is rewritten.</returns>
    public static string? Rewrite(AgentSource source, AgentDraft draft, IFieldSymbol field)
    {
        if (field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } value, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax declaration } list } declarator)
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
            if (!HardCodedEndpointRewriter.HasAgent(source, reference))
                return $"{field.Name} is used where there is no agent to ask for its settings: {Place(reference)}";
            if (whole is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax })
                return $"{field.Name} is used through the name of the class: use it without";
            if (whole.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } || NeedsConstant(whole))
                return $"{field.Name} is used where a property cannot stand: {Place(reference)}";
        }

        if (isOpen && field is { IsReadOnly: false } && source.Agent.Type.GetMembers().OfType<IMethodSymbol>().Any(method => method.IsStatic && method.Name == field.Name))
            return $"{field.Name} is hidden";
        Write(source, draft, field, declaration, list, declarator, value, isSet: !field.IsReadOnly && !field.IsConst && (isOpen || IsWritten(source, field)));
        return null;
    }

    private static void Write(AgentSource source, AgentDraft draft, IFieldSymbol field, FieldDeclarationSyntax declaration, VariableDeclarationSyntax list, VariableDeclaratorSyntax declarator, ExpressionSyntax value, bool isSet)
    {
        var tree = declaration.SyntaxTree;
        foreach (var modifier in declaration.Modifiers.Where(modifier => modifier.Kind() is SyntaxKind.ConstKeyword or SyntaxKind.StaticKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.VolatileKeyword))
            draft.Replace(tree, TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart), string.Empty);
        var read = HardCodedEndpointRewriter.Read(SettingNames.For(field.Name), value);
        if (!isSet)
        {
            draft.Replace(tree, TextSpan.FromBounds(declarator.Identifier.Span.End, value.SpanStart), " => ");
            draft.Replace(tree, value.Span, read);
            return;
        }

        var backing = source.Agent.FreeName(SettingNames.FieldFor(field.Name), draft.NewNames);
        var style = source.Agent.Style;
        var mark = field.Type.IsValueType || source.ModelOf(value).GetNullableContext(value.SpanStart).AnnotationsEnabled() ? "?" : string.Empty;
        draft.Replace(tree, TextSpan.FromBounds(declarator.Identifier.Span.End, value.SpanStart), style.NewLine + style.Write($"{{\n    get => {backing} ?? ", style.MemberIndent));
        draft.Replace(tree, value.Span, read);
        draft.Replace(tree, declaration.SemicolonToken.Span, ";" + style.NewLine + style.Write($"    set => {backing} = value;\n}}\n\nprivate {list.Type.WithoutTrivia()}{mark} {backing};", style.MemberIndent));
        draft.AddUsingsOf(source.Agent, list.Type);
    }

    private static bool IsWritten(AgentSource source, IFieldSymbol field) => source.ReferencesTo(field).Any(reference =>
        source.Whole(reference).Parent is AssignmentExpressionSyntax assignment && assignment.Left == source.Whole(reference) || source.Whole(reference).Parent is PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax);

    // A default of a parameter, another constant, a case.
    private static bool NeedsConstant(ExpressionSyntax use) =>
        use.FirstAncestorOrSelf<CaseSwitchLabelSyntax>() is not null || use.FirstAncestorOrSelf<PatternSyntax>() is not null || use.FirstAncestorOrSelf<AttributeSyntax>() is not null
        || use.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { IsConst: true };

    private static string Place(SyntaxNode node) => AgentSource.MemberAround(node) switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText,
        ConstructorDeclarationSyntax => "the constructor",
        _ => "another type",
    };
}
