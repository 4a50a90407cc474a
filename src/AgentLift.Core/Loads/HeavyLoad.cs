using AgentLift.Core.Catalogue;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Loads;

/// <summary>When a heavy load happens.</summary>
internal enum LoadTime
{
    /// <summary>On use, or in the background.</summary>
    Later,

    /// <summary>By a field or property initialiser.</summary>
    Initialiser,

    /// <summary>By a constructor, or by what it calls.</summary>
    Constructor,

    /// <summary>By a static constructor or a module initialiser.</summary>
    StaticInitialiser,
}

/// <summary>One load of a model, a native library or a big file.</summary>
/// <param name="Operation">The loading call or construction.</param>
/// <param name="Scope">Where it stands.</param>
/// <param name="Dependency">What is loaded, with its cost.</param>
/// <param name="Loader">The member that loads.</param>
/// <param name="File">The constant path, if it is one.</param>
/// <param name="Time">When.</param>
internal sealed record HeavyLoad(IOperation Operation, Scope Scope, HeavyDependency Dependency, IMethodSymbol Loader, string? File, LoadTime Time)
{
    /// <summary>For messages: the file where known, else the library.</summary>
    public string Display => File is null ? Dependency.Library : $"\"{File}\"";

    public bool IsEager => Time != LoadTime.Later;
}
