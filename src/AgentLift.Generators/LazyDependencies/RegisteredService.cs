using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>Members that are services of the host.</summary>
internal static class RegisteredService
{
    /// <summary>Tells where a member cannot be a service. What it is made by is known to the container alone.</summary>
    /// <returns><see langword="null"/>: there is no load to write.</returns>
    public static string? Check(string member, ITypeSymbol type, string? loadMethod, ProblemList problems)
    {
        if (loadMethod is not null)
            problems.Add(RuleIds.LazyOptionOutOfRange, member, "FromServices", "true", $"false, or name no load method such as '{loadMethod}'");
        else if (!type.IsReferenceType)
            problems.Add(RuleIds.LazyOptionOutOfRange, member, "FromServices", "true", $"false, since '{MemberForm.Short(type)}' is no reference type, as services are");
        return null;
    }
}
