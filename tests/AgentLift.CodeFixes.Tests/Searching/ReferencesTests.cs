using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.FindSymbols;

namespace AgentLift.CodeFixes.Tests.Searching;

/// <summary>The search over fewer files finds what a search over all of them finds.</summary>
public class ReferencesTests
{
    private const string Worker = """
        namespace Fleet;

        public interface IWorker { void Start(); }

        public class Worker : IWorker
        {
            public Worker() { }

            public Worker(int seconds) : this() { }

            internal int Port;

            public virtual void Start() { }

            public void Stop() { }

            public void Restart() { Stop(); Start(); Port++; _ = new Worker(4); }
        }

        public class Other { public void Start() { } public void Stop() { } public int Port; }
        """;

    [Theory]
    [InlineData("new Worker().Start();")]
    [InlineData("Worker worker = new(5); worker.Stop();")]
    [InlineData("Take(new(7)); static void Take(Worker worker) => worker.Port++;")]
    [InlineData("IWorker worker = Make(); worker.Start(); static IWorker Make() => new Fleet.Worker();")]
    [InlineData("Action start = Get().Start; static Heir Get() => new();")]
    [InlineData("var other = new Other(); other.Start(); other.Stop(); other.Port = nameof(Worker.Stop).Length;")]
    [InlineData("_ = new Worker(\"no such one\");")]
    [InlineData("_ = new Worker[] { new(1), new Fleet.Worker(2), new global::Fleet.Worker() };")]
    [InlineData("dynamic any = 5; any.Start();")]
    [InlineData("Hand hand = new(1); hand.Start();")]
    [InlineData("var other = new Other(); other.Start(); other.Port = 5;")]
    [InlineData("_ = new Worker { Port = 4 }; object any = Port(); _ = any is Worker { Port: 5 }; static object Port() => 1;")]
    [InlineData("Take(Port: 3); static void Take(int Port) => Console.WriteLine(Port);")]
    public async Task The_same_places_are_found(string use)
    {
        var heir = "namespace Fleet; public class Heir : Worker { public Heir() : base(3) { } public override void Start() { base.Start(); } public void Again() { Stop(); this.Start(); Port = 3; } private class Inner { void Go(Heir heir) { heir.Stop(); } static string Name => nameof(Stop); } }\npublic class Child(int age) : Fleet.Worker(age);\n";
        var caller = $"using System;\nusing Fleet;\nusing Hand = Fleet.Worker;\n\n/// <summary><see cref=\"Worker.Stop\"/> <see cref=\"Worker(int)\"/> <see cref=\"Worker\"/></summary>\npublic class Twin {{ void Stop() {{ }} void Start(Worker worker) {{ Stop(); worker.Stop(); }} }}\npublic static class Caller {{ public static void Use() {{ {use} }} }}\n";
        var solution = LiftVerifier.SolutionOf([("/fleet/Worker.cs", Worker), ("/fleet/Heir.cs", heir), ("/fleet/Caller.cs", caller)]);
        var compilation = await solution.Projects.Single().GetCompilationAsync();
        var type = compilation!.GetTypeByMetadataName("Fleet.Worker")!;

        foreach (var constructor in type.InstanceConstructors)
        {
            var calls = await References.CallsOfAsync(constructor, solution, CancellationToken.None);
            var all = (await SymbolFinder.FindReferencesAsync(constructor, solution)).SelectMany(reference => reference.Locations).Select(place => place.Location.SourceTree!.GetRoot().FindNode(place.Location.SourceSpan, getInnermostNodeForTie: true));
            NodesOf(calls).ShouldBe(NodesOf(all), constructor.ToDisplayString());
        }

        foreach (var symbol in type.GetMembers().Where(member => member.Name is "Start" or "Stop" or "Port"))
        {
            var found = await References.FindAsync(symbol, solution, CancellationToken.None);
            var all = await SymbolFinder.FindReferencesAsync(symbol, solution);
            Places(found).ShouldBe(Places(all), symbol.ToDisplayString());
            var outside = await References.FindOutsideAsync(symbol, solution, CancellationToken.None);
            OutsideOf(type, outside).ShouldBe(OutsideOf(type, all), symbol.ToDisplayString());
        }
    }

    [Theory]
    [InlineData("public class Heir : Worker { }", true)]
    [InlineData("public class Heir : Hand { }", true)]
    [InlineData("public class Heir { public Worker Worker; }", false)]
    public async Task An_heir_is_found_by_any_name(string heir, bool isFound)
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/Worker.cs", Worker), ("/fleet/Heir.cs", $"using Fleet;\nusing Hand = Fleet.Worker;\n{heir}\n")]);
        var compilation = await solution.Projects.Single().GetCompilationAsync();

        (await References.HeirOfAsync(compilation!.GetTypeByMetadataName("Fleet.Worker")!, solution, CancellationToken.None) is not null).ShouldBe(isFound);
    }

    private static IEnumerable<string> NodesOf(IEnumerable<SyntaxNode> nodes) =>
        nodes.Select(node => $"{Path.GetFileName(node.SyntaxTree.FilePath)} {node.Kind()} {node.Span}").Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> OutsideOf(INamedTypeSymbol type, IEnumerable<ReferencedSymbol> found) => found
        .SelectMany(reference => reference.Locations).Where(place => !type.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == place.Location.SourceTree && part.Span.Contains(place.Location.SourceSpan)))
        .Select(place => $"{place.Document.Name} {place.Location.SourceSpan}").Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Places(IEnumerable<ReferencedSymbol> found) => found
        .SelectMany(reference => reference.Locations).Select(place => $"{place.Document.Name} {place.Location.SourceSpan}").Distinct().Order(StringComparer.Ordinal);
}
