using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Findings;

/// <summary>A model that an agent loads, comparable between agents.</summary>
/// <param name="Key">Equal for the same model: the loader and the file, or the loader alone where it takes no argument.</param>
/// <param name="Display">What people call it, such as <c>"models/face.onnx"</c>.</param>
/// <param name="Location">Where it is loaded.</param>
/// <param name="Symbol">The member that loads it.</param>
public sealed record ModelLoad(string Key, string Display, Location Location, ISymbol Symbol);
