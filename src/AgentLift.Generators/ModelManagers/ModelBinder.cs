using AgentLift.Core.Rules;
using AgentLift.Generators.LazyDependencies;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.ModelManagers;

/// <summary>Finds how the models of a manager are loaded.</summary>
/// <param name="compilation">Where to look.</param>
/// <param name="manager">The manager.</param>
/// <param name="keyOf">How an option is called where the models are declared.</param>
internal sealed class ModelBinder(Compilation compilation, INamedTypeSymbol manager, Func<string, string> keyOf)
{
    private const string Loaders = "global::AgentLift.Generated.TorchSharpLoaders";

    private readonly TorchSharpTypes torchSharp = new(compilation);
    private readonly ModelMethods methods = new(compilation, manager);

    /// <summary>Whether a model could not be bound since TorchSharp is not referenced, which is told once for all models of a manager.</summary>
    public bool MissesTorchSharp { get; private set; }

    public bool HasTorchSharp => torchSharp.IsReferenced;

    /// <summary>The type of a model that names none: what its loader loads, else a TorchScript module; <see langword="null"/> where TorchSharp is not referenced.</summary>
    public ITypeSymbol? DefaultType(ITypeSymbol? loader)
    {
        if (loader is not null && LoadedTypes(loader).ToList() is [var loaded])
            return loaded;
        var type = torchSharp.TensorScript();
        MissesTorchSharp |= type is null;
        return type;
    }

    /// <summary>How a model is loaded; <see langword="null"/> with a problem where it cannot be, without one where the compiler tells.</summary>
    /// <param name="member">The model, for messages.</param>
    /// <param name="type">Its type.</param>
    /// <param name="text">What somebody wrote about it.</param>
    /// <param name="problemsOf">The problems of an option.</param>
    public ModelLoading? Bind(string member, ITypeSymbol type, LoadingText text, Func<string, ProblemList> problemsOf)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            MissesTorchSharp |= text.Loader is null && !torchSharp.IsReferenced;
            return null;
        }

        var loader = text.Loader is { } own ? OwnLoader(member, type, own, text, problemsOf) : TorchSharpLoader(member, type, text, problemsOf);
        var warmUp = text.WarmupMethod is { } method ? methods.WarmUp(member, method, type, problemsOf("WarmupMethod")) : null;
        return loader is null ? null : new ModelLoading(loader, warmUp, text.Loader is null);
    }

    private string? OwnLoader(string member, ITypeSymbol type, ITypeSymbol loader, LoadingText text, Func<string, ProblemList> problemsOf)
    {
        if (loader.TypeKind == TypeKind.Error)
            return null;
        if (text.Factory is { } factory)
        {
            problemsOf("Factory").Add(RuleIds.ModelMethodMismatch, member, factory, ModelMethods.Factory, $"is not called by '{MemberForm.Short(loader)}', which makes the model itself", $"leave {keyOf("Loader")} or {keyOf("Factory")} out");
            return null;
        }

        if (WhyNot(loader, type) is not var (reason, instead))
            return $"new {CSharpNames.Of(loader)}()";
        problemsOf("Loader").Add(RuleIds.ModelLoaderMismatch, member, MemberForm.Short(loader), reason, instead);
        return null;
    }

    private (string Reason, string Instead)? WhyNot(ITypeSymbol loader, ITypeSymbol type)
    {
        if (loader is not INamedTypeSymbol { TypeKind: TypeKind.Class } named)
            return ("is no class", $"name a class that implements IModelLoader<{MemberForm.Short(type)}>");
        if (named.IsUnboundGenericType)
            return ("is an open generic type", "name its type arguments");
        if (!LoadedTypes(named).Any(loaded => SymbolEqualityComparer.Default.Equals(loaded, type)))
            return ($"does not implement IModelLoader<{MemberForm.Short(type)}>", "implement it");
        if (!LoadConstructor.CanConstruct(compilation, manager, named))
            return ($"'{manager.Name}' cannot construct without arguments", "give it a constructor without parameters");
        return null;
    }

    private string? TorchSharpLoader(string member, ITypeSymbol type, LoadingText text, Func<string, ProblemList> problemsOf)
    {
        if (TorchSharpTypes.IsScript(type))
            return ScriptLoader(member, (INamedTypeSymbol)type, text, problemsOf);
        if (TorchSharpTypes.DerivesFromScript(type))
            return Nothing($"'{MemberForm.Short(type)}' derives from ScriptModule, which TorchSharp alone makes", $"use ScriptModule itself, or name a {keyOf("Loader")}");
        if (!TorchSharpTypes.IsModule(type))
            return Nothing($"'{MemberForm.Short(type)}' is no module of TorchSharp", $"name a {keyOf("Loader")}");

        var name = CSharpNames.Of(type);
        if (text.Factory is { } factory)
            return methods.Maker(member, factory, type, problemsOf("Factory")) is { } maker ? $"{Loaders}.Module<{name}>({maker})" : null;
        return LoadConstructor.CanConstruct(compilation, manager, type)
            ? $"{Loaders}.Module<{name}>(static () => new {name}())"
            : Nothing($"'{MemberForm.Short(type)}' cannot be constructed without arguments", $"name a {keyOf("Factory")}, a method of '{manager.Name}' that makes it");

        string? Nothing(string reason, string instead)
        {
            problemsOf("Type").Add(RuleIds.NoModelLoader, member, reason, instead);
            return null;
        }
    }

    private string? ScriptLoader(string member, INamedTypeSymbol type, LoadingText text, Func<string, ProblemList> problemsOf)
    {
        if (text.Factory is { } factory)
        {
            problemsOf("Factory").Add(RuleIds.ModelMethodMismatch, member, factory, ModelMethods.Factory, "makes no TorchScript module, which is made of its file alone", $"leave {keyOf("Factory")} out");
            return null;
        }

        if (!text.HasPath)
        {
            problemsOf("Type").Add(RuleIds.NoModelLoader, member, "a TorchScript module is made of a file", $"give it a {keyOf("Path")}");
            return null;
        }

        return type.IsGenericType
            ? $"{Loaders}.Script<{string.Join(", ", type.TypeArguments.Select(CSharpNames.Of))}>()"
            : $"{Loaders}.Script()";
    }

    private static IEnumerable<ITypeSymbol> LoadedTypes(ITypeSymbol loader) => loader.AllInterfaces
        .Where(part => $"{part.ContainingNamespace}.{part.MetadataName}" == KnownNames.ModelLoader)
        .Select(part => part.TypeArguments[0]);
}
