using System.Collections.Concurrent;
using AgentLift.Core.Catalogue;
using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Loads;

/// <summary>Looks into methods of the same compilation that an agent calls, to see whether they load something heavy. Each is looked at once.</summary>
internal sealed class SourceLoaders(CompilationKnowledge knowledge, HeavyDependency largeFile, CancellationToken cancellationToken)
{
    private const int Depth = 3;

    private readonly ConcurrentDictionary<IMethodSymbol, HeavyDependency?> loaders = new(SymbolEqualityComparer.Default);

    /// <summary>The catalogue entry for a big file that is read and deserialised.</summary>
    public HeavyDependency LargeFile => largeFile;

    /// <summary>What a call of the method loads; <see langword="null"/> where nothing heavy is seen, or its source is not in this compilation (a build sees other projects as metadata, so every host must).</summary>
    public HeavyDependency? LoadOf(IMethodSymbol method) => LoadOf(method.OriginalDefinition, Depth);

    private HeavyDependency? LoadOf(IMethodSymbol method, int depth)
    {
        if (loaders.TryGetValue(method, out var known))
            return known;
        if (depth == 0 || !IsSource(method) || method.DeclaringSyntaxReferences.IsEmpty || !CanLoad(method))
            return null;
        var load = Inspect(method, depth);
        loaders.TryAdd(method, load);
        return load;
    }

    // A loader returns or constructs what it loads; a request handler that happens to read a file is not one.
    // Neither is the reader of a settings file.
    private static bool CanLoad(IMethodSymbol method) =>
        (method.MethodKind == MethodKind.Constructor
            || (!method.ReturnsVoid && !method.IsAsync)
            || method.Name.StartsWith("Load", StringComparison.Ordinal) || method.Name.StartsWith("Init", StringComparison.Ordinal))
        && !IsAboutSettings(method.Name)
        && !IsAboutSettings(method.ContainingType.Name);

    private static bool IsAboutSettings(string name) =>
        TypeNames.HasWord(name, "config", "configuration", "setting", "option", "env", "environment", "ini");

    private HeavyDependency? Inspect(IMethodSymbol method, int depth)
    {
        var reads = false;
        var consumes = false;
        foreach (var operation in Operations(method))
        {
            switch (operation)
            {
                case IObjectCreationOperation creation:
                    if (knowledge.Of(creation.Type).LoadWhenCreated() is { } created)
                        return created;
                    if (creation.Constructor is { } constructor && creation.Arguments.Length > 0 && IsSource(constructor) && LoadOf(constructor.OriginalDefinition, depth - 1) is { } inner)
                        return inner;
                    reads |= knowledge.Known(creation.Type) is KnownType.FileStream or KnownType.StreamReader
                        && creation.Arguments.Any(argument => argument.Value.Type?.SpecialType == SpecialType.System_String);
                    consumes |= knowledge.Known(creation.Type) == KnownType.BinaryReader;
                    break;

                case IInvocationOperation call:
                    var path = call.Arguments.Length > 0 ? call.Arguments[0].Value.ConstantText() : null;
                    if (knowledge.Of(call.TargetMethod.ContainingType).LoadWhenCalled(call.TargetMethod.Name) is { } load && !FileKinds.IsSmall(path))
                        return load;
                    if (IsSource(call.TargetMethod) && LoadOf(call.TargetMethod.OriginalDefinition, depth - 1) is { } nested)
                        return nested;
                    reads |= TableReads.ReadsFile(knowledge, call) && (!FileKinds.IsSmall(path));
                    consumes |= TableReads.IsDeserialiser(knowledge, call) && TableReads.IsCollection(call.Type);
                    break;

                case ILoopOperation:
                    consumes = true;
                    break;
            }
        }

        return reads && consumes ? largeFile : null;
    }

    private bool IsSource(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, knowledge.Compilation.Assembly);

    private IEnumerable<IOperation> Operations(IMethodSymbol method)
    {
        foreach (var part in method.DeclaringSyntaxReferences)
        {
            var syntax = part.GetSyntax(cancellationToken);
#pragma warning disable RS1030 // Only the few methods that agents call from constructors and initialisers are bound again, each once.
            var model = knowledge.Compilation.GetSemanticModel(syntax.SyntaxTree);
#pragma warning restore RS1030
            if (model.GetOperation(syntax, cancellationToken) is not { } body)
                continue;
            foreach (var operation in body.SameFunction())
                yield return operation;
        }
    }
}
