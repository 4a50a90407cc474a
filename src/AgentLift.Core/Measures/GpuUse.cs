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
        var usesLibrary = facts.Type.GetMembers().OfType<IFieldSymbol>().Any(field => IsGpuLibrary(facts.Knowledge.Of(field.Type)));
        var picks = new List<Fact<IOperation>>();
        var transfers = new List<Fact<IOperation>>();
        foreach (var creation in facts.Creations)
            Add(creation.Type, null, creation.Operation, creation.Scope);
        foreach (var call in facts.Calls)
            Add(call.Type, call.Operation.TargetMethod.Name, call.Operation, call.Scope);
        var bookkeeping = FindBookkeeping(facts);
        return new GpuUse(
            usesLibrary,
            picks,
            transfers,
            bookkeeping,
            FindManagement(facts, usesLibrary || bookkeeping.Count > 0),
            [.. facts.Type.GetMembers().OfType<IMethodSymbol>().Where(IsDriverImport)]);

        void Add(TypeKnowledge type, string? method, IOperation operation, Scope scope)
        {
            if (type.Libraries.IsEmpty && type.Used is null)
                return;
            usesLibrary |= IsGpuLibrary(type);
            if (type.PicksDevice(method) && !NamesCpu(operation))
                picks.Add(new(operation, scope, type));
            if (type.HandlesDeviceMemory(method) && IsTransfer(facts.Knowledge, operation))
                transfers.Add(new(operation, scope, type));
        }
    }

    private static bool IsGpuLibrary(TypeKnowledge type) => type.Used is { Gpu: true } || type.Libraries.Any(library => library.Gpu);

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

    private static List<Fact<IOperation>> FindManagement(TypeFacts facts, bool aboutGpu)
    {
        var found = new List<Fact<IOperation>>();
        foreach (var call in facts.Calls)
        {
            var method = call.Operation.TargetMethod;
            var known = facts.Knowledge.Known(method.ContainingType);
            var isCollection = known == KnownType.GarbageCollector && method.Name == "Collect" && (aboutGpu || facts.Type.GetMembers().Any(member => IsAboutGpuMemory(member.Name)));
            var isQuery = known == KnownType.Process && method.Name == "Start" && NamesDriverTool(call.Operation);
            if (isCollection || isQuery || method.Name is "empty_cache" or "EmptyCache" && aboutGpu)
                found.Add(new(call.Operation, call.Scope, call.Type));
        }

        foreach (var creation in facts.CreationsOf(KnownType.ProcessStartInfo))
        {
            if (NamesDriverTool(creation.Operation))
                found.Add(new(creation.Operation, creation.Scope, creation.Type));
        }

        // start.FileName = "nvidia-smi"; inside an initialiser it belongs to the construction above.
        foreach (var property in facts.PropertyReads)
        {
            if (property.Operation is { Property.Name: "FileName", Parent: ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment }
                && property.Type.Known == KnownType.ProcessStartInfo
                && NamesDriverTool(assignment.Value.ConstantText()))
            {
                found.Add(new(assignment, property.Scope, property.Type));
            }
        }

        return found;
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
