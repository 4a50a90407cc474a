using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.ModelManagers;

/// <summary>Finds models that stand in no manager, where nothing would be written for them.</summary>
internal static class StrayModels
{
    public static EquatableArray<Problem> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var property = context.TargetSymbol;
        var problems = new ProblemList(SourcePlace.Of(property.Locations[0]));
        if (property.ContainingType is { } type && !type.GetAttributes().Any(IsManager))
            problems.Add(RuleIds.ModelOutsideManager, property.Name, type.Name);
        return problems.ToArray();
    }

    private static bool IsManager(AttributeData attribute) => attribute.AttributeClass?.ToDisplayString() == KnownNames.ModelManagerAttribute;
}
