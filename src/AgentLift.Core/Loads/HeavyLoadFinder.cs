using System.Collections.Immutable;
using AgentLift.Core.Catalogue;
using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Loads;

/// <summary>Finds the heavy loads of a type and when they happen.</summary>
internal static class HeavyLoadFinder
{
    private static readonly string[] LoaderNames = ["load", "from", "open", "read", "import", "restore", "parse", "create", "build"];

    public static ImmutableArray<HeavyLoad> Find(TypeFacts facts, SourceLoaders sources)
    {
        var times = new LoadTimes(facts);
        var loads = ImmutableArray.CreateBuilder<HeavyLoad>();
        foreach (var creation in facts.Creations)
        {
            if (creation.Operation.Constructor is { } constructor && LoadOf(facts, creation.Operation, constructor, sources) is { } dependency)
                loads.Add(new(creation.Operation, creation.Scope, dependency, constructor, FileOf(facts, creation.Operation.Arguments), times.Of(creation.Scope)));
        }

        foreach (var call in facts.Calls)
        {
            if (LoadOf(facts, call.Operation, sources) is { } dependency)
                loads.Add(new(call.Operation, call.Scope, dependency, call.Operation.TargetMethod, FileOf(facts, call.Operation.Arguments), times.Of(call.Scope)));
        }

        // The load of a file inside the call that deserialises it is one load, not two.
        return [.. loads.Where(load => !loads.Any(other => other != load && other.Operation.Descendants().Contains(load.Operation)))];
    }

    private static HeavyDependency? LoadOf(TypeFacts facts, IObjectCreationOperation creation, IMethodSymbol constructor, SourceLoaders sources) =>
        facts.Knowledge.Of(creation.Type).LoadWhenCreated()
        ?? (IsElsewhere(constructor, facts.Type) && creation.Arguments.Length > 0
            ? sources.LoadOf(constructor) ?? ByFile(facts, constructor, creation.Arguments, sources)
            : null);

    private static HeavyDependency? LoadOf(TypeFacts facts, IInvocationOperation call, SourceLoaders sources)
    {
        var method = call.TargetMethod;
        if (facts.Knowledge.Of(method.ContainingType).LoadWhenCalled(method.Name) is { } load)
            return FileKinds.IsSmall(FileOf(call.Arguments)) ? null : load;
        if (TableReads.Deserialises(facts.Knowledge, call, argument => IsFile(facts, argument)))
            return sources.LargeFile;
        return method.MethodKind == MethodKind.Ordinary && IsElsewhere(method, facts.Type)
            ? sources.LoadOf(method) ?? ByFile(facts, method, call.Arguments, sources)
            : null;
    }

    // EmbeddingTable.Load("data/embeddings.bin"): the team's own loader, perhaps in another project, where only its name and the file tell.
    private static HeavyDependency? ByFile(TypeFacts facts, IMethodSymbol loader, ImmutableArray<IArgumentOperation> arguments, SourceLoaders sources) =>
        (loader.MethodKind == MethodKind.Constructor || (!loader.ReturnsVoid && LoaderNames.Contains(TypeNames.Words(loader.Name).First())))
        && !facts.Knowledge.IsPlatform(loader.ContainingType)
        && FileKinds.IsModelOrTable(FileOf(arguments))
            ? sources.LargeFile
            : null;

    private static bool IsFile(TypeFacts facts, IOperation argument) =>
        TableReads.ComesFromFile(facts.Knowledge, argument)
        || (argument.ReferencedSymbol() is ILocalSymbol local && facts.Calls.Any(call =>
            SocketUse.Same(call.Operation.StoredIn(), local) && TableReads.ReadsFile(facts.Knowledge, call.Operation)));

    private static bool IsElsewhere(IMethodSymbol method, INamedTypeSymbol type) =>
        !SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, type);

    // LLamaWeights.LoadFromFile(new ModelParams("chat.gguf")): the file stands in a parameter object, given at once or by way of a local.
    private static string? FileOf(TypeFacts facts, ImmutableArray<IArgumentOperation> arguments) =>
        FileOf(arguments)
        ?? arguments.Select(argument => ParameterObject(facts, argument.Value)).OfType<IObjectCreationOperation>()
            .Select(creation => FileOf(creation.Arguments)).FirstOrDefault(file => file is not null);

    private static IOperation? ParameterObject(TypeFacts facts, IOperation argument) =>
        argument.ReferencedSymbol() is ILocalSymbol local
            ? facts.Creations.Where(creation => SocketUse.Same(creation.Operation.StoredIn(), local)).Select(creation => creation.Operation).FirstOrDefault()
            : argument.Unwrapped();

    private static string? FileOf(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value.ConstantText() is { Length: > 0 } text)
                return text;
            if (argument.Value.Unwrapped() is IInvocationOperation inner && FileOf(inner.Arguments) is { } path)
                return path;
        }

        return null;
    }
}
