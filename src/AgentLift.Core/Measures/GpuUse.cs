using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Measures;

/// <summary>What a type does with GPUs.</summary>
internal sealed class GpuUse
{
    private GpuUse(
        bool usesLibrary,
        IReadOnlyList<Fact<IOperation>> devicePicks,
        IReadOnlyList<Fact<IOperation>> transfers,
        IReadOnlyList<ISymbol> bookkeeping,
        IReadOnlyList<Fact<IOperation>> management,
        IReadOnlyList<ISymbol> driverImports)
    {
        UsesLibrary = usesLibrary;
        DevicePicks = devicePicks;
        Transfers = transfers;
        Bookkeeping = bookkeeping;
        Management = management;
        DriverImports = driverImports;
    }

    /// <summary>A library that can use a GPU is used.</summary>
    public bool UsesLibrary { get; }

    /// <summary>Places that pick a device.</summary>
    public IReadOnlyList<Fact<IOperation>> DevicePicks { get; }

    /// <summary>Places that move something to a device, or handle its memory.</summary>
    public IReadOnlyList<Fact<IOperation>> Transfers { get; }

    /// <summary>Fields and properties that keep count of GPU memory.</summary>
    public IReadOnlyList<ISymbol> Bookkeeping { get; }

    /// <summary>Collections, cache clearing and driver queries for the sake of GPU memory.</summary>
    public IReadOnlyList<Fact<IOperation>> Management { get; }

    /// <summary>Functions of the driver's management library that the type imports.</summary>
    public IReadOnlyList<ISymbol> DriverImports { get; }

    public bool PicksDevice => DevicePicks.Count + Transfers.Count > 0;

    public static GpuUse Of(TypeFacts facts)
    {
        var knowledge = facts.Knowledge;
        var creations = facts.Creations.Select(creation => (Fact: new Fact<IOperation>(creation.Operation, creation.Scope), Type: creation.Operation.Type, Method: (string?)null));
        var calls = facts.Calls.Select(call => (Fact: new Fact<IOperation>(call.Operation, call.Scope), Type: (ITypeSymbol?)call.Operation.TargetMethod.ContainingType, Method: (string?)call.Operation.TargetMethod.Name));
        var places = creations.Concat(calls).Where(place => knowledge.Of(place.Type) is var type && (!type.Libraries.IsEmpty || type.Used is not null)).ToList();
        var usesLibrary = places.Any(place => IsGpuLibrary(knowledge.Of(place.Type)))
            || facts.Type.GetMembers().OfType<IFieldSymbol>().Any(field => IsGpuLibrary(knowledge.Of(field.Type)));
        var bookkeeping = FindBookkeeping(facts);
        return new GpuUse(
            usesLibrary,
            [.. places.Where(place => IsDevicePick(knowledge, place.Type, place.Method, place.Fact.Operation)).Select(place => place.Fact)],
            [.. places.Where(place => knowledge.Of(place.Type).HandlesDeviceMemory(place.Method) && IsTransfer(knowledge, place.Fact.Operation)).Select(place => place.Fact)],
            bookkeeping,
            [.. FindManagement(facts, usesLibrary || bookkeeping.Count > 0)],
            [.. facts.Type.GetMembers().OfType<IMethodSymbol>().Where(IsDriverImport)]);
    }

    private static bool IsGpuLibrary(TypeKnowledge type) => type.Used is { Gpu: true } || type.Libraries.Any(library => library.Gpu);

    private static bool IsDevicePick(CompilationKnowledge knowledge, ITypeSymbol? type, string? method, IOperation operation) =>
        knowledge.Of(type).PicksDevice(method) && !NamesCpu(operation);

    // to(dtype) and to("cpu") move nothing to a GPU.
    private static bool IsTransfer(CompilationKnowledge knowledge, IOperation operation) =>
        operation is not IInvocationOperation { TargetMethod.Name: "to" } move
        || (move.Arguments.Any(argument => argument.Parameter?.Type.Name is "Device" or "DeviceType" or "String" || IsGpuLibrary(knowledge.Of(argument.Parameter?.Type)) && argument.Parameter?.Type.Name != "ScalarType")
            && !NamesCpu(operation));

    private static bool NamesCpu(IOperation operation) =>
        operation.Descendants().Any(part =>
            part is IFieldReferenceOperation { Field.Name: "CPU" } or IPropertyReferenceOperation { Property.Name: "CPU" }
            || part.ConstantText() is { } text && text.StartsWith("cpu", StringComparison.OrdinalIgnoreCase));

    private static List<ISymbol> FindBookkeeping(TypeFacts facts) =>
        [.. facts.Writes
            .Where(write => IsNumber(write.Target) && IsAboutGpuMemory(write.Target.Name) && IsArithmetic(write)
                && write.Scope.Function is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor })
            .Select(write => write.Target)
            .Distinct(SymbolEqualityComparer.Default)
            .OfType<ISymbol>()];

    private static bool IsArithmetic(MemberWrite write) => write.Value is null
        ? write.Operation is ICompoundAssignmentOperation or IIncrementOrDecrementOperation
        : write.Value.DescendantsAndSelf().OfType<IBinaryOperation>().Any(sum => sum.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract);

    private static bool IsNumber(ISymbol member) => (member switch
    {
        IFieldSymbol field => field.Type.SpecialType,
        IPropertySymbol property => property.Type.SpecialType,
        _ => SpecialType.None,
    }) is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    public static bool IsAboutGpuMemory(string name)
    {
        var plain = name.Replace("_", string.Empty).ToLowerInvariant();
        return plain.Contains("vram") || plain.Contains("gpumem") || plain.Contains("cudamem") || plain.Contains("devicemem") || plain.Contains("gpubytes");
    }

    private static IEnumerable<Fact<IOperation>> FindManagement(TypeFacts facts, bool aboutGpu)
    {
        foreach (var call in facts.Calls)
        {
            var method = call.Operation.TargetMethod;
            var known = facts.Knowledge.Known(method.ContainingType);
            var isCollection = known == KnownType.GarbageCollector && method.Name == "Collect" && (aboutGpu || facts.Type.GetMembers().Any(member => IsAboutGpuMemory(member.Name)));
            var isQuery = known == KnownType.Process && method.Name == "Start" && NamesDriverTool(call.Operation);
            if (isCollection || isQuery || method.Name is "empty_cache" or "EmptyCache" && aboutGpu)
                yield return new(call.Operation, call.Scope);
        }

        foreach (var creation in facts.CreationsOf(KnownType.ProcessStartInfo))
        {
            if (NamesDriverTool(creation.Operation))
                yield return new(creation.Operation, creation.Scope);
        }

        // start.FileName = "nvidia-smi"; inside an initialiser it belongs to the construction above.
        foreach (var property in facts.PropertyReads)
        {
            if (property.Operation is { Property.Name: "FileName", Parent: ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment }
                && facts.Knowledge.Known(property.Operation.Property.ContainingType) == KnownType.ProcessStartInfo
                && NamesDriverTool(assignment.Value.ConstantText()))
            {
                yield return new(assignment, property.Scope);
            }
        }
    }

    // [DllImport("libnvidia-ml.so.1")], and the same as [LibraryImport].
    private static bool IsDriverImport(IMethodSymbol method) =>
        method.GetDllImportData()?.ModuleName is { } module ? IsDriverLibrary(module)
        : method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "LibraryImportAttribute"
            && attribute.ConstructorArguments.Length > 0
            && attribute.ConstructorArguments[0].Value is string name
            && IsDriverLibrary(name));

    private static bool IsDriverLibrary(string module) =>
        module.IndexOf("nvml", StringComparison.OrdinalIgnoreCase) >= 0 || module.IndexOf("nvidia-ml", StringComparison.OrdinalIgnoreCase) >= 0
        || module.IndexOf("cudart", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool NamesDriverTool(IOperation operation) =>
        operation is IInvocationOperation { Arguments: { Length: > 0 } arguments } && arguments.Any(argument => NamesDriverTool(argument.Value.ConstantText()))
        || operation is IObjectCreationOperation && operation.Descendants().Any(part => NamesDriverTool(part.ConstantText()));

    private static bool NamesDriverTool(string? text) => text is not null && text.Contains("nvidia-smi");
}
