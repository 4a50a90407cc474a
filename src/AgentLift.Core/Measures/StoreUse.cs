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
        var stores = new List<DataStore>();
        foreach (var member in facts.Type.GetMembers())
        {
            if (member is IFieldSymbol field)
                Add(facts.Knowledge.Of(field.Type).Store);
            else if (member is IPropertySymbol property)
                Add(facts.Knowledge.Of(property.Type).Store);
        }

        foreach (var creation in facts.Creations)
            Add(creation.Type.Store);
        foreach (var call in facts.Calls)
            Add(call.Type.Store);
        stores.Sort(static (left, right) => string.CompareOrdinal(left.Kind, right.Kind));
        return [.. stores];

        void Add(DataStore? store)
        {
            if (store is not null && !stores.Exists(known => known.Kind == store.Kind))
                stores.Add(store);
        }
    }
}
