using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies.Plain;

/// <summary>Reads the attribute of a member from its text: names of the class and literals.</summary>
internal static class PlainArguments
{
    private const string Mark = "LazyDependency";
    private const string Warmup = "LazyWarmup";
    private static readonly IdentifierNameSyntax MarkName = SyntaxFactory.IdentifierName(Mark);
    private static readonly IdentifierNameSyntax FullMarkName = SyntaxFactory.IdentifierName(Mark + "Attribute");
    private static readonly IdentifierNameSyntax WarmupName = SyntaxFactory.IdentifierName(Warmup);

    /// <summary>The one attribute of the name <c>LazyDependency</c>; <see langword="null"/> where there is none, or more.</summary>
    public static AttributeSyntax? MarkOf(MemberDeclarationSyntax member)
    {
        AttributeSyntax? mark = null;
        foreach (var list in member.AttributeLists)
        {
            foreach (var attribute in list.Attributes)
            {
                if (attribute.Name is not IdentifierNameSyntax { Identifier.Text: Mark })
                    continue;
                if (mark is not null || list.Target is not null)
                    return null;
                mark = attribute;
            }
        }

        return mark;
    }

    /// <summary>What the attribute is given.</summary>
    /// <param name="mark">The attribute, of the right name.</param>
    /// <param name="text">The class of its member.</param>
    /// <param name="model">What names mean.</param>
    /// <param name="position">A place in the class, outside of the attribute: there the compiler looks at nothing but types.</param>
    /// <returns><see langword="null"/> where it is another attribute, or where an argument is anything but a name or a literal.</returns>
    public static LazyArguments? Of(AttributeSyntax mark, AgentText text, SemanticModel model, int position)
    {
        // A type that bears the bare name would be meant, or make the attribute ambiguous; not one with type parameters, as the runtime has.
        if (model.TypeNamedAt(position, MarkName) is not ({ Symbol: null, CandidateSymbols.IsEmpty: true } or { CandidateReason: CandidateReason.WrongArity })
            || model.TypeNamedAt(position, FullMarkName).Symbol is not INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: true } type
            || !type.IsNamed(KnownNames.LazyDependencyAttribute))
        {
            return null;
        }

        string? load = null;
        var named = new List<LazyArgument>();
        foreach (var argument in mark.ArgumentList?.Arguments ?? default)
        {
            if (argument is { NameEquals: null, NameColon: null } && named.Count == 0 && load is null && NameIn(argument.Expression, text) is { } method)
                load = method;
            else if (argument.NameEquals is { Name.Identifier.ValueText: var key } && named.All(other => other.Key != key) && Constant(key, argument.Expression) is { } constant)
                named.Add(constant);
            else
                return null;
        }

        return new LazyArguments(load, named);

        LazyArgument? Constant(string key, ExpressionSyntax expression) => (key, expression, (expression as LiteralExpressionSyntax)?.Token.Value) switch
        {
            ("Name", _, string name) when expression.IsKind(SyntaxKind.StringLiteralExpression) => new LazyArgument(key, name, null),
            ("FromServices" or "KeepFailure", _, bool value) => new LazyArgument(key, value, null),
            ("TimeoutSeconds" or "Retries", _, int number) => new LazyArgument(key, number, null),
            ("Warmup", MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: Warmup }, Name: IdentifierNameSyntax member }, _) => WarmupOf(member.Identifier.ValueText),
            _ => null,
        };

        LazyArgument? WarmupOf(string name) =>
            !text.MayMean(Warmup)
            && type.GetMembers("Warmup").OfType<IPropertySymbol>().FirstOrDefault()?.Type is { } warmup
            && SymbolEqualityComparer.Default.Equals(model.TypeNamedAt(position, WarmupName).Symbol, warmup)
            && warmup.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault() is { HasConstantValue: true, ConstantValue: int value }
                ? new LazyArgument("Warmup", value, warmup)
                : null;
    }

    private static string? NameIn(ExpressionSyntax expression, AgentText text) => expression switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" }, ArgumentList.Arguments: [{ NameColon: null, RefKindKeyword.RawKind: 0, Expression: IdentifierNameSyntax name }] }
            when !text.MayMean("nameof") => name.Identifier.ValueText,
        _ => null,
    };
}
