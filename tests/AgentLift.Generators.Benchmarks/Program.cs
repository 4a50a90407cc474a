using System.Diagnostics;
using System.Reflection;
using AgentLift.Generators.AgentRegistration;
using AgentLift.Generators.Benchmarks;
using AgentLift.Generators.LazyDependencies;
using AgentLift.Generators.ModelManagers;
using AgentLift.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Spectre.Console;

// dotnet run -c Release --project tests/AgentLift.Generators.Benchmarks [-- ROUNDS]
// What the generators cost when somebody types in a fleet of 200 agents, beside the generator of log methods that comes with the SDK.
const int Agents = 200;
const double MostMilliseconds = 50;
var rounds = args.Length > 0 && int.TryParse(args[0], out var given) && given > 0 ? given : 30;

var fleet = Compile();
Workload[] workloads =
[
    new("AgentLift, all three", [new LazyDependencyGenerator(), new AgentRegistrationGenerator(), new ModelManagerGenerator()]),
    new("lazy dependencies", [new LazyDependencyGenerator()]),
    new("agent registration", [new AgentRegistrationGenerator()]),
    new("model managers", [new ModelManagerGenerator()]),
    new("log methods of .NET", [Peer()]),
];
foreach (var workload in workloads)
    workload.WarmUp(fleet);
for (var round = 1; round <= rounds; round++)
{
    // All see an edit of the same agent, each a compilation of its own: nothing that one has bound serves the next.
    foreach (var workload in workloads)
        workload.Edit(round % Agents, round);
}

var declaring = Enumerable.Range(1, rounds).Select(round => Declare(Workload.Edited(fleet, round % Agents, -round))).Order().ToArray()[rounds / 2];
var ours = workloads[0].Median;
var table = new Table().Border(TableBorder.Markdown).AddColumns("Generators", "ms after an edit", "first time, ms", "to log methods of .NET");
foreach (var workload in workloads)
    table.AddRow(workload.Name, $"{workload.Median:0.0}", $"{workload.First:0}", $"{workload.Median / workloads[^1].Median:0.00}");
table.AddRow("the compiler declares the members of all agents", $"{declaring:0.0}", "-", "-");
AnsiConsole.Profile.Width = 140;
Console.WriteLine($"{Agents} agents of 20 methods and 2 lazy members each, {Agents / 20} managers; medians of {rounds} edits of one method, one thread.");
AnsiConsole.Write(table);
var holds = ours <= MostMilliseconds;
Console.WriteLine($"{(holds ? "holds" : "MISSED")}  all three at most {MostMilliseconds:0} ms after an edit: {ours:0.0} ms");
return holds ? 0 : 1;

static CSharpCompilation Compile()
{
    var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(file).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || Path.GetFileName(file) is "mscorlib.dll" or "netstandard.dll")
        .Append(typeof(BaseAgent).Assembly.Location);
    return CSharpCompilation.Create(
        "Fleet",
        AgentSources.Files(Agents).Select(file => CSharpSyntaxTree.ParseText(file.Text, Workload.Options, file.Path)),
        platform.Select(file => MetadataReference.CreateFromFile(file)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}

static IIncrementalGenerator Peer()
{
    var file = typeof(Workload).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "LoggingGenerator").Value!;
    return Assembly.LoadFrom(file).GetTypes().Where(type => typeof(IIncrementalGenerator).IsAssignableFrom(type)).Select(type => (IIncrementalGenerator)Activator.CreateInstance(type)!).Single();
}

// What any compile after the edit does too, whoever asks first.
static double Declare(CSharpCompilation compilation)
{
    var began = Stopwatch.GetTimestamp();
    foreach (var type in compilation.SourceModule.GlobalNamespace.GetNamespaceMembers().Single(space => space.Name == "Fleet").GetTypeMembers())
    {
        foreach (var member in type.GetMembers())
            _ = member.GetAttributes();
    }

    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}
