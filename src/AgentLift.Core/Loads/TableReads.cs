using System.Collections.Immutable;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Loads;

/// <summary>Recognises code that reads a file into a table.</summary>
internal static class TableReads
{
    /// <summary>A call that turns a file into a collection: <c>JsonSerializer.Deserialize&lt;Dictionary&lt;string, float[]&gt;&gt;(File.ReadAllText(path))</c>.</summary>
    public static bool Deserialises(CompilationKnowledge knowledge, IInvocationOperation call, Func<IOperation, bool> isFile) =>
        IsDeserialiser(knowledge, call)
        && IsCollection(call.Type)
        && call.Arguments.Any(argument => isFile(argument.Value));

    public static bool IsDeserialiser(CompilationKnowledge knowledge, IInvocationOperation call) =>
        call.TargetMethod.Name is "Deserialize" or "DeserializeObject" or "DeserializeAsync"
        && (knowledge.Known(call.TargetMethod.ContainingType) is KnownType.JsonSerializer or KnownType.JsonConvert
            || call.TargetMethod.ContainingType.Name.EndsWith("Serializer", StringComparison.Ordinal));

    public static bool ComesFromFile(CompilationKnowledge knowledge, IOperation value) => value.Unwrapped() switch
    {
        IInvocationOperation call => ReadsFile(knowledge, call),
        IObjectCreationOperation creation => knowledge.Known(creation.Type) is KnownType.FileStream or KnownType.StreamReader,
        _ => false,
    };

    /// <summary>A call on File that reads a file whole, or opens it for reading.</summary>
    public static bool ReadsFile(CompilationKnowledge knowledge, IInvocationOperation call) =>
        knowledge.Known(call.TargetMethod.ContainingType) == KnownType.File
        && call.TargetMethod.Name is "ReadAllBytes" or "ReadAllText" or "ReadAllLines" or "ReadLines" or "OpenRead" or "OpenText" or "Open"
            or "ReadAllBytesAsync" or "ReadAllTextAsync" or "ReadAllLinesAsync";

    public static bool IsCollection(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol => true,
        INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: { Length: 1 } inner } => IsCollection(inner[0]),
        { SpecialType: SpecialType.System_String } => false,
        _ => type?.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable) == true
            && type.Name is not ("JsonElement" or "JsonNode" or "JsonObject" or "JObject" or "JToken"),
    };
}
