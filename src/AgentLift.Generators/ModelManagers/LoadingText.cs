using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.ModelManagers;

/// <summary>What somebody wrote about how a model is loaded.</summary>
/// <param name="Loader">Its loader, or <see langword="null"/>.</param>
/// <param name="Factory">The method that makes it, or <see langword="null"/>.</param>
/// <param name="WarmupMethod">The method that runs it once, or <see langword="null"/>.</param>
/// <param name="HasPath">Whether it has a file.</param>
/// <remarks>It lives within one step: it holds a symbol.</remarks>
internal readonly record struct LoadingText(ITypeSymbol? Loader, string? Factory, string? WarmupMethod, bool HasPath);
