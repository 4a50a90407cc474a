using System.Globalization;
using AgentLift.FleetGenerator;

const string usage = "Usage: --output DIR [--seed N] [--agents N] [--lines N] [--broken] [--dense] [--project]";

var (seed, agents, lines, output, project, broken, dense) = (1, 200, (int?)null, (string?)null, false, false, false);
for (var index = 0; index < args.Length; index++)
{
    var known = args[index] switch
    {
        "--seed" => TryNumber(ref index, value => seed = value),
        "--agents" => TryNumber(ref index, value => agents = value),
        "--lines" => TryNumber(ref index, value => lines = value),
        "--output" => TryText(ref index, value => output = value),
        "--project" => project = true,
        "--broken" => broken = true,
        "--dense" => dense = true,
        _ => false,
    };
    if (!known)
    {
        Console.Error.WriteLine($"Cannot read '{args[Math.Min(index, args.Length - 1)]}'. {usage}");
        return 2;
    }
}

if (output is null || agents < 1 || lines < agents)
{
    Console.Error.WriteLine(usage);
    return 2;
}

var fleet = FleetGenerator.Generate(new FleetOptions(seed, agents, lines, Compilable: !broken, PlainCode: !dense));
FleetFolder.Write(fleet, output, project);
Console.WriteLine($"{fleet.Agents.Length} agents, {fleet.Files.Length} files, {fleet.Files.Sum(file => file.Text.Count(letter => letter == '\n'))} lines, {fleet.Expected.Length} pieces of evidence in {output}");
return 0;

bool TryText(ref int index, Action<string> set)
{
    if (++index >= args.Length)
        return false;
    set(args[index]);
    return true;
}

bool TryNumber(ref int index, Action<int> set) =>
    TryText(ref index, _ => { }) && int.TryParse(args[index], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && Set(set, number);

static bool Set(Action<int> set, int number)
{
    set(number);
    return true;
}
