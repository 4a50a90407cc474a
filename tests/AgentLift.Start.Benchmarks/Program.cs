using System.Globalization;
using AgentLift.Start.Benchmarks;
using Spectre.Console;

// dotnet run -c Release --project tests/AgentLift.Start.Benchmarks [-- RUNS]
// Lifts the legacy fleet by one command, builds it as it was and as it is now, and measures of every agent how soon it is ready, with its transcript answered the same.
string[] reported = ["face-recognition", "streaming-speech", "model-manager", "vram-optimizer", "noise-reduction"];
string[] light = ["async-processor", "health-monitor", "memory-reasoning", "service-registry", "task-router"];
var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;

Console.WriteLine("Packing the runtime, lifting and building the sample ...");
using var forms = new SampleForms();
var measured = new List<Measured>();
foreach (var agent in Directory.EnumerateFiles(SampleForms.Transcripts, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal))
{
    Console.WriteLine($"Measuring {agent}, {runs} starts of each form ...");
    measured.Add(Measured.Of(forms, agent, runs));
}

AnsiConsole.Profile.Width = 120;
var table = new Table().AddColumns("agent", "ready before, ms", "ready after, ms", "sooner", "first answer sooner", "less memory until ready");
foreach (var agent in measured.OrderByDescending(agent => agent.SoonerPercent))
    table.AddRow(agent.Agent, Spread(agent.ReadyBefore), Spread(agent.ReadyAfter), Percent(agent.SoonerPercent), Percent(agent.AnswerSoonerPercent), Percent(agent.MemorySmallerPercent));
AnsiConsole.Write(table);
Console.WriteLine($"The five agents that the original fleet reported on: {Percent(Average(agent => reported.Contains(agent.Agent)))} sooner on average (to hold: 65.7 %).");
Console.WriteLine($"All with eager heavy loads: {Percent(Average(agent => !light.Contains(agent.Agent)))}; those without: {Percent(Average(agent => light.Contains(agent.Agent)))}; all: {Percent(Average(_ => true))}.");
return 0;

double Average(Func<Measured, bool> which) => measured.Where(which).Average(agent => agent.SoonerPercent);

static string Spread((double Median, double Deviation) figure) => string.Create(CultureInfo.InvariantCulture, $"{figure.Median:0} ± {figure.Deviation:0}");

static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} %");
