using AgentLift.Testing;
using Microsoft.CodeAnalysis;

namespace AgentLift.Analyzers.Tests;

/// <summary>Stand-ins for libraries that the tests do not fetch, compiled to an assembly as the real ones are.</summary>
internal static class Libraries
{
    private static readonly Lazy<MetadataReference> Compiled = new(Compile);

    public static MetadataReference StandIns => Compiled.Value;

    /// <summary>An empty assembly of that name, such as a test framework's.</summary>
    public static MetadataReference Named(string assembly) =>
        TestCompilation.Create([]).WithAssemblyName(assembly).ThatCompiles().ToMetadataReference();

    private static PortableExecutableReference Compile()
    {
        var compilation = TestCompilation
            .Create([("Fleet.cs", FleetLibraries.Source), ("Models.cs", ModelLibraries.Source), ("Stores.cs", StoreLibraries.Source), ("Frameworks.cs", FrameworkLibraries.Source)])
            .WithAssemblyName("StandIns")
            .ThatCompiles();
        using var image = new MemoryStream();
        compilation.Emit(image).Success.ShouldBeTrue();
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
