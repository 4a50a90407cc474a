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
    /// <summary>Rewrites a field that nothing is known against.</summary>
    public static void Rewrite(AgentSource source, AgentDraft draft, IFieldSymbol field)
    {
        var declarator = (VariableDeclaratorSyntax)field.DeclaringSyntaxReferences[0].GetSyntax();
        var list = (VariableDeclarationSyntax)declarator.Parent!;
        var isOpen = field.DeclaredAccessibility is not (Accessibility.Private or Accessibility.NotApplicable);
        Write(source, draft, field, (FieldDeclarationSyntax)list.Parent!, list, declarator, declarator.Initializer!.Value, isSet: !field.IsReadOnly && !field.IsConst && (isOpen || IsWritten(source, field)));
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
}
