using System.Collections.Immutable;
using AgentLift.Core.Catalogue;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Measures;

/// <summary>Which kinds of store a type uses: by what it holds, makes and calls.</summary>
internal static class StoreUse
{
    public static ImmutableArray<DataStore> Of(TypeFacts facts)
    {
        var held = facts.Type.GetMembers().Select(member => member switch
        {
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        });
        var used = facts.Creations.Select(creation => creation.Operation.Type)
            .Concat(facts.Calls.Select(call => (ITypeSymbol?)call.Operation.TargetMethod.ContainingType));
        return [.. held.Concat(used)
            .Select(type => facts.Knowledge.Of(type).Store)
            .OfType<DataStore>()
            .GroupBy(store => store.Kind, StringComparer.Ordinal)
            .Select(group => group.First())
            .OrderBy(store => store.Kind, StringComparer.Ordinal)];
    }
}
