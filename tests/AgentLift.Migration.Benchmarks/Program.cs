using System.Globalization;
using System.Text.RegularExpressions;
using AgentLift.FleetGenerator;
using AgentLift.Migration.Benchmarks;
using AgentLift.Testing;
using Fleets = AgentLift.FleetGenerator.FleetGenerator;

// dotnet run -c Release --project tests/AgentLift.Migration.Benchmarks [-- AGENTS LINES]
// Lifts one generated fleet, of patterns without plain code between them, through all stages with agentlift and, on a copy, with dotnet format, and prints times, memory and ratios;
// then takes the sample's model manager through all stages.
const int Seed = 1;
const int Turns = 3;
const string Stages = "AGL1001 AGL1004 AGL1005 AGL2001 AGL2002 AGL2003 AGL2004 AGL2005 AGL2007 AGL2008 AGL2009 AGL3001 AGL3002 AGL3004 AGL4001 AGL4002 AGL4003 AGL5001 AGL5002";
var agents = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 174;
var lines = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 45_000;

var fleet = Fleets.Generate(new FleetOptions(Seed, agents, lines, PlainCode: false));
Console.WriteLine($"{fleet.Agents.Length} agents, {fleet.Files.Length} files, {fleet.Files.Sum(file => file.Text.Count(letter => letter == '\n')):N0} lines, seed {Seed}.");

// In turns: a machine that others use too is at one time twice as busy as at another, and two runs right behind one another know the same one.
string[] migration = ["--stage", "all", "--batch-size", "1000", "--batch-pause", "0s", "--no-restore", "--yes"];
var lifted = Enumerable.Range(0, Turns).Select(_ => new FleetCopy(fleet)).ToArray();
var formatted = Enumerable.Range(0, Turns).Select(_ => new FleetCopy(fleet)).ToArray();
var migrations = new List<ToolRun>();
var formats = new List<ToolRun>();
foreach (var (own, peer) in lifted.Zip(formatted))
{
    migrations.Add(Tool("migrate", own, ["migrate", own.Project, .. migration]));
    formats.Add(ToolRun.Of(peer.Folder, "dotnet", ["format", "analyzers", peer.Project, "--diagnostics", .. Stages.Split(' '), "--severity", "info", "--no-restore"]));
}

var seconds = MiddleOf(migrations.Select(run => run.Seconds));
var (files, edits) = lifted[0].Changes();
Console.WriteLine($"agentlift migrate --stage all: {edits:N0} edits in {files} files in {TimesOf(migrations)} s, {migrations.Max(run => run.PeakMegabytes)} MiB (to hold: 4,000 edits in 200 files in at most 20 s and 800 MiB).");

var again = Tool("second run", lifted[0], ["migrate", lifted[0].Project, .. migration]);
Console.WriteLine($"again, with nothing to do: {again.Seconds:0.0} s, {again.Seconds / seconds:0.00} of the first (to hold: at most 0.20).");

var back = Tool("rollback", lifted[0], "rollback", lifted[0].Folder);
var told = Regex.Match(back.Output, @"(?<time>[0-9.]+) (?<unit>ms|s)\b");
Console.WriteLine($"agentlift rollback: {back.Seconds:0.0} s from start to exit; it says {(told.Success ? told.Value : "nothing of its own time")} (to hold: 0.5 s of its own work); {lifted[0].Changes().Files} files differ from before.");

var (peerFiles, peerEdits) = formatted[0].Changes();
Console.WriteLine($"dotnet format analyzers: exit code {formats.Max(run => run.ExitCode)}, {peerEdits:N0} edits in {peerFiles} files in {TimesOf(formats)} s, {formats.Max(run => run.PeakMegabytes)} MiB.");
var ratios = migrations.Zip(formats, (own, peer) => peer.Seconds / own.Seconds).ToList();
Console.WriteLine($"agentlift is {MiddleOf(ratios):0.00} times as fast, turn by turn {string.Join(" and ", ratios.Select(ratio => ratio.ToString("0.00", CultureInfo.InvariantCulture)))} (to hold: at least 4).");

var sample = Path.Combine(Repository.Root, "samples", "LegacyFleet", "LegacyFleet.sln");
if (ToolRun.Of(Repository.Root, "dotnet", "restore", sample) is { ExitCode: not 0 } restore)
    throw new InvalidOperationException("the sample does not restore:\n" + restore.Output);
var report = Path.GetTempFileName();
var manager = ToolRun.Of(Repository.Root, "dotnet", FleetCopy.ToolPath, "migrate", sample, "--agents", "ModelManagerAgent", "--stage", "all", "--batch-pause", "0s", "--no-restore", "--dry-run", "--output", report);
File.Delete(report);
var loaded = manager.Told.First(line => line.Line.StartsWith("Lifting ", StringComparison.Ordinal)).At;
Console.WriteLine($"the sample's model manager through all stages: exit code {manager.ExitCode}, {manager.Seconds - loaded:0.0} s after loading, {manager.Seconds:0.0} s with it (to hold: 3 s after loading).");
foreach (var copy in lifted.Concat(formatted))
    copy.Dispose();
return 0;

static double MiddleOf(IEnumerable<double> values) => values.Order().ElementAt(Turns / 2);

static string TimesOf(IEnumerable<ToolRun> runs) => string.Join(" and ", runs.Select(run => run.Seconds.ToString("0.0", CultureInfo.InvariantCulture)));

static ToolRun Tool(string what, FleetCopy fleet, params string[] arguments)
{
    var run = ToolRun.Of(fleet.Folder, "dotnet", [FleetCopy.ToolPath, .. arguments]);
    if (run.ExitCode != 0)
        Console.WriteLine($"{what}: exit code {run.ExitCode}; the last lines:\n{string.Join('\n', run.Output.TrimEnd().Split('\n').TakeLast(12))}");
    return run;
}
