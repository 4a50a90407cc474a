using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Obstacles.Addresses;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1006: own table of other agents' addresses.</summary>
internal sealed class HandRolledServiceLookupDetector() : Detector(RuleIds.HandRolledServiceLookup)
{
    private static readonly string[] AgentWords =
        ["agent", "service", "peer", "node", "endpoint", "registry", "route", "address", "addresses", "host", "port", "server", "worker", "backend", "upstream", "directory"];

    private static readonly string[] PartnerWords = ["agent", "service", "peer", "node", "server", "worker", "backend", "upstream"];

    private static readonly string[] VisitorWords = ["client", "session", "connection", "subscriber", "user", "visitor"];

    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var member in agent.Type.GetMembers())
        {
            var type = member switch
            {
                IFieldSymbol { IsImplicitlyDeclared: false } field => field.Type,
                IPropertySymbol { IsIndexer: false } property => property.Type,
                _ => null,
            };
            if (type is null
                || !TypeNames.HasWord(member.Name, AgentWords)
                || TypeNames.HasWord(member.Name, VisitorWords)
                || ElementOf(type) is not { } element)
            {
                continue;
            }

            if ((IsAddress(agent.Knowledge, element) || (IsPlain(element) && !IsListOfNumbers(type, element, member) && HoldsEndpointTexts(agent, member, element)))
                && !(agent.IsOnRuntime && AddressTable.IsFallback(agent.Documented, member)))
            {
                found.Add(At(member) with { FindObstacle = () => ObstacleOf(agent, member) });
            }
        }
    }

    private static string? ObstacleOf(AgentSubject agent, ISymbol member)
    {
        AddressTable.Read(agent.Documented, member, out var obstacle);
        return obstacle;
    }

    // The value type of a dictionary, the element type of a list or array.
    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: { Length: 2 } pair } when type.Name.Contains("Dictionary") => pair[1],
        INamedTypeSymbol { TypeArguments: { Length: 1 } single } when type.Name.EndsWith("List", StringComparison.Ordinal) || type.Name is "ConcurrentBag" or "HashSet" => single[0],
        _ => null,
    };

    // int[] CommonPorts says nothing of who listens there; int[] WorkerPorts does.
    private static bool IsListOfNumbers(ITypeSymbol type, ITypeSymbol element, ISymbol member) =>
        element.SpecialType != SpecialType.System_String && !type.Name.Contains("Dictionary") && !TypeNames.HasWord(member.Name, PartnerWords);

    private static bool IsAddress(CompilationKnowledge knowledge, ITypeSymbol type)
    {
        if (knowledge.Known(type) is KnownType.IPEndPoint or KnownType.DnsEndPoint or KnownType.Uri || type.Name == "EndPoint")
            return true;
        var members = type is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.CastArray<ISymbol>()
            : type.SpecialType == SpecialType.None && type.TypeKind is TypeKind.Class or TypeKind.Struct ? type.GetMembers() : [];
        var isUnnamedPair = type is INamedTypeSymbol { IsTupleType: true, TupleElements: { Length: 2 } pair }
            && pair[0].Type.SpecialType == SpecialType.System_String && pair[1].Type.SpecialType == SpecialType.System_Int32
            && pair.All(element => !element.IsExplicitlyNamedTupleElement);
        return isUnnamedPair
            || (members.Any(member => IsData(member) && TypeNames.HasWord(member.Name, "host", "address", "ip", "hostname", "machine"))
                && members.Any(member => IsData(member) && TypeNames.HasWord(member.Name, "port")));
    }

    private static bool IsData(ISymbol member) => member is IFieldSymbol or IPropertySymbol;

    private static bool IsPlain(ITypeSymbol type) => type.SpecialType is SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_UInt16;

    // ["tutor"] = 5601, { "tutor", "10.0.0.5:5601" }; later table["tutor"] = "10.0.0.5:5601", table.Add("tutor", "http://...").
    private static bool HoldsEndpointTexts(AgentSubject agent, ISymbol member, ITypeSymbol element)
    {
        foreach (var facts in agent.Facts.Members)
        {
            if (SocketUse.Same(facts.Member, member) && facts.Blocks.Any(block => NamesEndpoint(block, member, element)))
                return true;
        }

        return agent.Facts.Writes.Any(write => SocketUse.Same(write.Target, member) && write.Value is { } value && NamesEndpoint(value, member, element))
            || agent.Facts.Entries.Any(entry => SocketUse.Same(entry.Target, member) && entry.Value is { } value && NamesEndpoint(value, member, element));
    }

    private static bool NamesEndpoint(IOperation value, ISymbol member, ITypeSymbol element)
    {
        var isText = element.SpecialType == SpecialType.System_String;
        if (!isText && !TypeNames.HasWord(member.Name, "port"))
            return false;
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is ILiteralOperation or IFieldReferenceOperation
                && (isText ? EndpointText.LooksLikeEndpoint(part.ConstantText()) : part.ConstantValue is { HasValue: true, Value: int and > 0 }))
            {
                return true;
            }
        }

        return false;
    }
}
