using System.Runtime.Loader;

namespace AgentLift.Generators.Tests.Behaviour.Models;

/// <summary>
/// When the native library is loaded, and what happens without it: for each test the tests and TorchSharp are loaded anew, since that is decided once a process.
/// </summary>
public class NativeLibraryTests
{
    [Fact]
    public void Making_every_loader_of_a_manager_loads_no_native_library() => Fresh(nameof(NativeLibraryScenario.MakeLoaders)).ShouldBe("False");

    [Fact]
    public void A_first_load_loads_it() => Fresh(nameof(NativeLibraryScenario.Load)).ShouldBe("True");

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda:0")]
    public void Without_it_a_load_says_so_and_so_does_the_next(string device) =>
        Fresh(nameof(NativeLibraryScenario.LoadWithoutLibrary), device).ShouldBe("LibraryMissing, LibraryMissing");

    [Fact]
    public void Without_it_a_module_written_in_code_says_so_too() =>
        Fresh(nameof(NativeLibraryScenario.MakeModuleWithoutLibrary)).ShouldBe("LibraryMissing");

    private static object? Fresh(string scenario, params object[] arguments)
    {
        var context = new AssemblyLoadContext(scenario, isCollectible: true);
        var folder = Path.GetDirectoryName(typeof(NativeLibraryTests).Assembly.Location)!;
        context.LoadFromAssemblyPath(Path.Combine(folder, "TorchSharp.dll"));
        var tests = context.LoadFromAssemblyPath(typeof(NativeLibraryTests).Assembly.Location);
        var result = tests.GetType(typeof(NativeLibraryScenario).FullName!)!.GetMethod(scenario)!.Invoke(null, arguments);
        context.Unload();
        return result;
    }
}
