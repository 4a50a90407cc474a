using AgentLift.Benchmarks;
using Spectre.Console;

// dotnet run -c Release --project tests/AgentLift.Benchmarks [-- ROUNDS [PEER...]]
// Builds one generated fleet, as the SDK builds it, with each pack of analyzers in turn, ROUNDS times over, and prints medians and ratios.
const int Seed = 1;
const int Agents = 200;
const int Lines = 50_000;
var rounds = args.Length > 0 && int.TryParse(args[0], out var given) && given > 0 ? given : 5;

using var fleet = new FleetProject(Seed, Agents, Lines);
Console.WriteLine($"{fleet.Agents} agents, {fleet.Lines:N0} lines, seed {Seed}; {rounds} interleaved rounds, compiler server off, every rule of every pack a warning.");

var wanted = args.Skip(1).ToArray();
Pack[] packs = [Pack.None, Pack.AgentLift, .. Pack.Peers.Where(peer => wanted.Length == 0 || wanted.Any(name => peer.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))];
var projects = packs.Select(fleet.WriteProject).ToArray();
foreach (var project in projects)
    TimedBuild.Dotnet(fleet.Folder, "restore", project);

var builds = packs.ToDictionary(pack => pack, _ => new List<TimedBuild>());
for (var round = 0; round <= rounds; round++)
{
    for (var i = 0; i < packs.Length; i++)
    {
        var build = TimedBuild.Run(fleet.Folder, projects[i], packs[i]);
        if (round > 0) // The first round warms the disk cache.
            builds[packs[i]].Add(build);
    }
}

var ours = Median(builds[Pack.AgentLift].Select(build => build.AnalyzerSeconds));
var table = new Table().Border(TableBorder.Markdown).AddColumns("Pack", "Analyzer CPU, s", "AgentLift over it", "Share of the build", "Build, s");
foreach (var pack in packs)
{
    var analyzers = Median(builds[pack].Select(build => build.AnalyzerSeconds));
    var wall = Median(builds[pack].Select(build => build.WallSeconds));
    table.AddRow(pack.Name, analyzers == 0 ? "-" : $"{analyzers:0.00}", analyzers == 0 ? "-" : $"{ours / analyzers:0.00}", analyzers == 0 ? "-" : $"{analyzers / wall:0.0 %}", $"{wall:0.0}");
}

AnsiConsole.Profile.Width = 140;
AnsiConsole.Write(table);

var cheapest = packs.Skip(2).MinBy(pack => Median(builds[pack].Select(build => build.AnalyzerSeconds)))!;
Console.WriteLine($"AgentLift over the cheapest peer ({cheapest.Name}): {ours / Median(builds[cheapest].Select(build => build.AnalyzerSeconds)):0.00} of its analyzer CPU (to hold: at most 0.50).");
Console.WriteLine($"AgentLift of build wall time: {ours / Median(builds[Pack.AgentLift].Select(build => build.WallSeconds)):0.0 %} (to hold: at most 10 %).");

var assess = AssessRun.Of(Path.Combine(fleet.Folder, projects[0]));
Console.WriteLine($"agentlift assess: {assess.Seconds:0.0} s, peak memory {assess.PeakMegabytes} MiB (to hold: under 600).");

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
}
