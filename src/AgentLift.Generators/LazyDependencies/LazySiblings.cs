using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>The marked members of one class, among which names must differ. Their order does not depend on that of files.</summary>
internal sealed class LazySiblings
{
    private readonly INamedTypeSymbol agent;
    private readonly List<ISymbol> members;

    private LazySiblings(INamedTypeSymbol agent)
    {
        this.agent = agent;
        members = [.. Marked(agent).OrderBy(member => member.ToDisplayString(), StringComparer.Ordinal)];
    }

    public static LazySiblings Of(INamedTypeSymbol agent) => new(agent);

    /// <summary>The name of the dependency; a problem where a base class or a sibling has it already.</summary>
    public string NameOf(ISymbol member, ProblemList problems)
    {
        var name = NameOf(member);
        var others = AgentTypes.LineageOf(agent).Skip(1).SelectMany(Marked).Concat(members.TakeWhile(sibling => !Same(sibling, member)));
        if (others.FirstOrDefault(other => NameOf(other) == name) is { } namesake)
            problems.Add(RuleIds.DuplicateLazyName, member.Name, name, $"{namesake.ContainingType.Name}.{namesake.Name}");
        return name;
    }

    /// <summary>A name for the field behind a member that nothing else in the class bears.</summary>
    public string FieldOf(ISymbol member)
    {
        var taken = new HashSet<string>(
            BaseTypes.Of(agent).Prepend(agent).SelectMany(type => type.MemberNames)
                .Concat(members.OfType<IMethodSymbol>().SelectMany(method => method.Parameters).Select(parameter => parameter.Name)));
        foreach (var sibling in members)
        {
            var wanted = FieldName(sibling.Name);
            var field = wanted;
            for (var next = 2; !taken.Add(field); next++)
                field = wanted + next;
            if (Same(sibling, member))
                return field;
        }

        throw new InvalidOperationException($"{member} is not marked.");
    }

    /// <summary>The name that the field behind a member has where it is free: <c>GetTokenizerAsync</c> gives <c>tokenizerDependency</c>.</summary>
    public static string FieldName(string member)
    {
        var name = member.StartsWith("Get", StringComparison.Ordinal) && member.Length > 3 ? member.Substring(3) : member;
        name = name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5 ? name.Substring(0, name.Length - 5) : name;
        return char.ToLowerInvariant(name[0]) + name.Substring(1) + "Dependency";
    }

    /// <summary>The marked members of a class alone.</summary>
    public static IEnumerable<ISymbol> Marked(INamedTypeSymbol type) => type.GetMembers().Where(member => AttributeOf(member) is not null);

    private static AttributeData? AttributeOf(ISymbol member) => member is IPropertySymbol or IMethodSymbol
        ? member.Attribute(KnownNames.LazyDependencyAttribute)
        : null;

    private static string NameOf(ISymbol member) =>
        (AttributeOf(member) is { } attribute ? LazyArguments.Of(attribute).Name : null) ?? member.Name;

    private static bool Same(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
