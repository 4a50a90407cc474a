using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>
/// Reads the options of an agent by the convention of the fix for AGL1003: <c>TutorAgent</c> takes <c>TutorAgentOptions</c>, declared beside it, which are bound
/// to the agent's own section. Options of other names have other sections, which a program knows and a generator does not.
/// </summary>
internal static class AgentOptionsReader
{
    private static readonly HashSet<string> Accessors = ["IOptions", "IOptionsMonitor", "IOptionsSnapshot"];

    /// <returns><see langword="null"/> where the agent takes none, or where they are left to the program; with a problem where one of their properties is why.</returns>
    public static BoundOptions? Read(INamedTypeSymbol agent, string name, ProblemList problems)
    {
        var section = "Agents:" + name;
        if (TakenBy(agent) is not { } options || !CanBeMade(options) || HasOtherSection(options, section))
            return null;

        var properties = new List<BoundProperty>();
        foreach (var property in PropertiesOf(options))
        {
            if (property.SetMethod is not { DeclaredAccessibility: Accessibility.Public } && IsValue(property.Type))
                continue;
            if (OptionsProperty.Read(property) is not { } bound)
            {
                problems.Add(RuleIds.UnboundOptions, agent.Name, options.Name, property.Name, section);
                return null;
            }

            properties.Add(bound);
        }

        return properties.Count == 0
            ? null
            : new BoundOptions(CSharpNames.Of(options), options.Name, section, new([.. properties.OrderBy(property => property.Name, StringComparer.Ordinal)]));
    }

    // A class of that name beside the agent is what the name means in the agent's own text.
    private static INamedTypeSymbol? TakenBy(INamedTypeSymbol agent)
    {
        var name = agent.Name + "Options";
        var takesThem = AgentConstructors.ParameterTypes(agent).Any(type => type is GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments }
            && Accessors.Contains(type.Identifier.ValueText)
            && arguments[0].Simple()?.Identifier.ValueText == name);
        return takesThem && agent.ContainingSymbol is INamespaceOrTypeSymbol around ? around.GetTypeMembers(name, arity: 0).FirstOrDefault() : null;
    }

    private static bool CanBeMade(INamedTypeSymbol options) =>
        options is { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false, DeclaringSyntaxReferences.IsEmpty: false }
        && AgentVisibility.HiddenIn(options) is null
        && options.InstanceConstructors.Any(constructor => constructor is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public })
        && !options.GetAttributes().Any(ValidationRules.IsRule)
        && !options.AllInterfaces.Any(contract => contract.Name == "IValidatableObject");

    // Options that name their section themselves are bound by who reads that name.
    private static bool HasOtherSection(INamedTypeSymbol options, string section) =>
        options.GetMembers("Section").OfType<IFieldSymbol>().Any(field => field is { HasConstantValue: true, ConstantValue: string own } && own != section);

    private static IEnumerable<IPropertySymbol> PropertiesOf(INamedTypeSymbol options) => BaseTypes.Of(options).Prepend(options)
        .SelectMany(type => type.GetMembers().OfType<IPropertySymbol>())
        .Where(property => property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public })
        .GroupBy(property => property.Name)
        .Select(overridden => overridden.First());

    // A value that only the class itself sets is bound by no binder; a list without a setter would be filled.
    private static bool IsValue(ITypeSymbol type) => type.IsValueType || type.SpecialType == SpecialType.System_String;
}
