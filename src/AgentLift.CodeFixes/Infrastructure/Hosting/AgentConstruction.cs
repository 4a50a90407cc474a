using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>How the host makes an agent that a program made through a constructor that was kept for it.</summary>
/// <param name="Text">The construction on the context.</param>
/// <param name="Services">What the services are called that it asks for something; <c>_</c> where it asks for nothing.</param>
/// <param name="IsPlain">Whether the host finds all arguments itself.</param>
internal sealed record AgentConstruction(string Text, string Services, bool IsPlain)
{
    private const string Compatibility = "CompatibilityConstructorAttribute";

    public static bool IsCompatibility(IMethodSymbol constructor) => constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == Compatibility);

    /// <summary>Reads a construction; <see langword="null"/> and a reason where the host cannot make it.</summary>
    public static (AgentConstruction? Construction, string? Obstacle) Read(EntryPoint program, BaseObjectCreationExpressionSyntax creation, string typeText)
    {
        var type = program.Model.GetTypeInfo(creation).Type!;
        if (program.Model.GetSymbolInfo(creation).Symbol is not IMethodSymbol constructor || Target(constructor, program.Model.Compilation) is not { } target)
            return (null, $"{type.Name} is made by a constructor that takes no context and is not marked for compatibility");
        var given = new Dictionary<string, ExpressionSyntax>(StringComparer.Ordinal);
        var arguments = creation.ArgumentList?.Arguments ?? default;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!LateValues.CanWait(program, arguments[i].Expression, null))
                return (null, $"{type.Name} is given '{arguments[i]}', which is worked out before the host runs: put it into a local that nothing changes first");
            given[arguments[i].NameColon?.Name.Identifier.ValueText ?? constructor.Parameters[i].Name] = arguments[i].Expression;
        }

        var isPlain = given.Count == 0 && target.DeclaredAccessibility == Accessibility.Public && target.Parameters.Skip(1).All(parameter => IsOptions(parameter.Type))
            && constructor.ContainingType.InstanceConstructors.Count(other => !IsCompatibility(other)) == 1 && constructor.Parameters.IsEmpty;
        var rest = target.Parameters.Skip(1).Select(parameter => IsOptions(parameter.Type)
            ? $"services.GetRequiredService<{parameter.Type.ToMinimalDisplayString(program.Model, creation.SpanStart)}>()"
            : given.TryGetValue(parameter.Name, out var value) ? (value.Parent is ArgumentSyntax { NameColon: { } name } ? name + " " : string.Empty) + value : null);
        var passed = rest.OfType<string>().ToList();
        var services = passed.Any(text => text.StartsWith("services.", StringComparison.Ordinal)) ? "services" : "_";
        return (new AgentConstruction($"new {typeText}({string.Join(", ", passed.Prepend("context"))})", services, isPlain), null);
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
}
