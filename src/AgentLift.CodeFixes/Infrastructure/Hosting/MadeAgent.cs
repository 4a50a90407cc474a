using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>One agent that a program makes, and how the host makes it instead.</summary>
/// <param name="Creation">The construction.</param>
/// <param name="Type">The agent's class.</param>
/// <param name="TypeText">The class as the program writes it.</param>
/// <param name="Local">The variable that holds it; <see langword="null"/> where none does.</param>
/// <param name="Index">The statement of the program.</param>
internal sealed record MadeAgent(BaseObjectCreationExpressionSyntax Creation, INamedTypeSymbol Type, string TypeText, ILocalSymbol? Local, int Index)
{
    private const string Compatibility = "CompatibilityConstructorAttribute";

    /// <summary>The name under which the host knows it, as code.</summary>
    public string NameText => Type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "AgentAttribute")?.ConstructorArguments.FirstOrDefault().Value is string given
        ? SymbolDisplay.FormatLiteral(given, quote: true)
        : Type.IsGenericType ? SymbolDisplay.FormatLiteral(Type.MetadataName, quote: true) : $"nameof({TypeText})";

    public static bool IsCompatibility(IMethodSymbol constructor) => constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == Compatibility);

    /// <summary>The registration, such as <c>AddAgent&lt;PollAgent&gt;()</c>; <see langword="null"/> and a reason where the host cannot make it.</summary>
    public (string? Text, string? Obstacle) Registration(EntryPoint program, MadeAgent? after)
    {
        if (program.Model.GetSymbolInfo(Creation).Symbol is not IMethodSymbol constructor || Target(constructor, program.Model.Compilation) is not { } target)
            return (null, $"{Type.Name} is made by a constructor that takes no context and is not marked for compatibility");
        var given = new Dictionary<string, ExpressionSyntax>(StringComparer.Ordinal);
        var arguments = Creation.ArgumentList?.Arguments ?? default;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!CanWait(program, arguments[i].Expression))
                return (null, $"{Type.Name} is given '{arguments[i]}', which is worked out before the host runs: put it into a local that nothing changes first");
            given[arguments[i].NameColon?.Name.Identifier.ValueText ?? constructor.Parameters[i].Name] = arguments[i].Expression;
        }

        var order = after is null ? string.Empty : $"agent => agent.DependsOn.Add({after.NameText})";
        var isPlain = given.Count == 0 && target.DeclaredAccessibility == Accessibility.Public && target.Parameters.Skip(1).All(parameter => IsOptions(parameter.Type))
            && Type.InstanceConstructors.Count(other => !IsCompatibility(other)) == 1 && constructor.Parameters.IsEmpty;
        if (isPlain)
            return ($"AddAgent<{TypeText}>({order})", null);
        var rest = target.Parameters.Skip(1).Select(parameter => IsOptions(parameter.Type)
            ? $"services.GetRequiredService<{parameter.Type.ToMinimalDisplayString(program.Model, Creation.SpanStart)}>()"
            : given.TryGetValue(parameter.Name, out var value) ? (value.Parent is ArgumentSyntax { NameColon: { } name } ? name + " " : string.Empty) + value : null);
        var passed = rest.OfType<string>().ToList();
        var services = passed.Any(text => text.StartsWith("services.", StringComparison.Ordinal)) ? "services" : "_";
        return ($"AddAgent(({services}, context) => new {TypeText}({string.Join(", ", passed.Prepend("context"))}){(order.Length > 0 ? ", " + order : string.Empty)})", null);
    }

    // The constructor with the context that a constructor for old callers passes on to.
    private static IMethodSymbol? Target(IMethodSymbol constructor, Compilation compilation)
    {
        if (!IsCompatibility(constructor) || constructor.DeclaringSyntaxReferences is not [var part] || part.GetSyntax() is not ConstructorDeclarationSyntax { Initializer: { } initializer })
            return null;
        return compilation.ContainsSyntaxTree(initializer.SyntaxTree)
            ? compilation.GetSemanticModel(initializer.SyntaxTree).GetSymbolInfo(initializer).Symbol as IMethodSymbol
            : constructor.ContainingType.InstanceConstructors.FirstOrDefault(other => !IsCompatibility(other) && other.Parameters is [{ Type.Name: "AgentContext" }, ..]
                && other.Parameters.Skip(1).Select(parameter => parameter.Name).SequenceEqual(constructor.Parameters.Select(parameter => parameter.Name)));
    }

    private static bool IsOptions(ITypeSymbol type) => type is INamedTypeSymbol { Name: "IOptions", TypeArguments.Length: 1 };

    // A factory runs later: what it reads must still be the same.
    private static bool CanWait(EntryPoint program, ExpressionSyntax value)
    {
        if (program.Model.GetConstantValue(value).HasValue)
            return true;
        if (value is not IdentifierNameSyntax || program.Model.GetSymbolInfo(value).Symbol is not (ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol) || program.Model.GetSymbolInfo(value).Symbol is not { } symbol)
            return false;
        return !program.Statements.SelectMany(statement => statement.DescendantNodes()).Any(node => node switch
        {
            AssignmentExpressionSyntax assignment => Refers(assignment.Left),
            PrefixUnaryExpressionSyntax prefix when prefix.OperatorToken.Text is "++" or "--" => Refers(prefix.Operand),
            PostfixUnaryExpressionSyntax suffix => Refers(suffix.Operand),
            ArgumentSyntax argument when !argument.RefKindKeyword.IsKind(SyntaxKind.None) => Refers(argument.Expression),
            _ => false,
        });

        bool Refers(ExpressionSyntax target) => SymbolEqualityComparer.Default.Equals(program.Model.GetSymbolInfo(target).Symbol, symbol);
    }
}
