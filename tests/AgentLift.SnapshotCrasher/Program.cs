using System.Globalization;
using AgentLift.SnapshotCrasher;

const string Usage = "work ROOT SEED | hold ROOT | --kills COUNT [SEED] | --migrate TOOL --kills COUNT [SEED] | --rollback TOOL --kills COUNT [SEED] | --freeze TOOL --kills COUNT [SEED] | --files COUNT";

switch (args)
{
    case ["work", var root, var seed]:
        Victim.Work(root, int.Parse(seed, CultureInfo.InvariantCulture));
        return 0;
    case ["hold", var root]:
        Victim.Hold(root);
        return 0;
    case ["--files", var files]:
        RollbackTiming.Print(int.Parse(files, CultureInfo.InvariantCulture));
        return 0;
    case [("--migrate" or "--rollback" or "--freeze") and var what, var tool, "--kills", var kills, .. var seeds]:
        Func<string, int, int, Task<ToolKillReport>> campaign = what switch
        {
            "--migrate" => ToolCampaign.MigrateAsync,
            "--rollback" => ToolCampaign.RollBackAsync,
            _ => ToolCampaign.FreezeAsync,
        };
        var seedOfTool = seeds.Length > 0 ? int.Parse(seeds[0], CultureInfo.InvariantCulture) : 1;
        var killed = await campaign(Path.GetFullPath(tool), int.Parse(kills, CultureInfo.InvariantCulture), seedOfTool).ConfigureAwait(false);
        Console.WriteLine($"{what[2..]}, seed {seedOfTool}: {killed}");
        foreach (var problem in killed.Problems)
            Console.WriteLine(problem);
        return killed.Problems.Count == 0 ? 0 : 1;
    case ["--kills", var count, .. var more]:
        var report = await KillCampaign.RunAsync(int.Parse(count, CultureInfo.InvariantCulture), more.Length > 0 ? int.Parse(more[0], CultureInfo.InvariantCulture) : 1).ConfigureAwait(false);
        Console.WriteLine($"{report.InApply} kills in an apply, {report.InRollback} in a rollback, {report.Between} between; {report.Problems.Count} problems");
        foreach (var problem in report.Problems)
            Console.WriteLine(problem);
        return report.Problems.Count == 0 ? 0 : 1;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
