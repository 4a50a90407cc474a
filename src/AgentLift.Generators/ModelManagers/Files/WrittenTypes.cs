using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.ModelManagers.Files;

/// <summary>Finds types by how a models file writes them: as they would be written in the manager itself, with the usings of its file.</summary>
internal sealed class WrittenTypes(Compilation compilation, TypeDeclarationSyntax? manager)
{
    private readonly Dictionary<string, ITypeSymbol?> known = new(StringComparer.Ordinal);

    /// <summary>The type; <see langword="null"/> without a text, or with a problem where there is no such type.</summary>
    public ITypeSymbol? Find(PlacedText? written, ModelsFile file, ProblemList problems)
    {
        if (written is null)
            return null;
        var type = Find(written.Text);
        if (type is null)
            problems.At(written.Place).Add(RuleIds.ModelsFileUnusable, file.Name, $"there is no type '{written.Text}'", "write it as in the file of the manager, or with its namespace");
        return type;
    }

    public bool Knows(string text) => Find(text) is not null;

    private ITypeSymbol? Find(string text)
    {
        if (!known.TryGetValue(text, out var type))
            known[text] = type = Bind(text);
        return type;
    }

    private ITypeSymbol? Bind(string text)
    {
        var syntax = SyntaxFactory.ParseTypeName(text);
        if (manager is null || syntax.ContainsDiagnostics || syntax.FullSpan.Length != text.Length)
            return null;
        var position = manager.OpenBraceToken.Span.Length > 0 ? manager.OpenBraceToken.Span.End : manager.Identifier.SpanStart;
        var type = compilation.GetSemanticModel(manager.SyntaxTree).GetSpeculativeTypeInfo(position, syntax, SpeculativeBindingOption.BindAsTypeOrNamespace).Type;
        return type is null || HasError(type) ? null : type;
    }

    private static bool HasError(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => HasError(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasError),
        _ => false,
    };
}
