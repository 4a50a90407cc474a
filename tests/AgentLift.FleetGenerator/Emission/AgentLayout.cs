using System.Collections.Immutable;
using AgentLift.FleetGenerator.Drafting;

namespace AgentLift.FleetGenerator.Emission;

/// <summary>One file of an agent, laid out.</summary>
internal sealed record LaidOutFile(string Path, ImmutableArray<SourceLine> Lines, FileStyle Style);

/// <summary>Lays an agent out over one file or two.</summary>
internal sealed class AgentLayout(AgentDraft agent, string group, bool attributed)
{
    private static readonly string[] SecondParts = ["handlers", "lifecycle", "loops", "parts", "work"];

    private readonly Random _random = agent.Random;

    public string FullName => $"Fleet.{group}.{agent.TypeName}";

    public ImmutableArray<LaidOutFile> Write()
    {
        var shape = AgentAssembly.Complete(agent);
        var members = Order();
        var partial = agent.Members.Count > 5 && agent.Chance(5);
        var markedPartial = partial || agent.Chance(9);
        if (!partial)
            return [File("", members, shape, markedPartial, first: true)];

        var split = members.ToLookup(_ => _random.Next(3) > 0);
        // The first part is the first by path, in whatever order paths are compared: ".cs" is before ".handlers.cs".
        return
        [
            File("", [.. split[true]], shape, true, first: true),
            File("." + agent.Pick(SecondParts), [.. split[false]], shape, true, first: false),
        ];
    }

    private List<Member> Order()
    {
        var mixed = agent.Chance(4);
        return [.. agent.Members.Select(member => (Member: member, Key: _random.Next())).OrderBy(pair => mixed ? 0 : (int)pair.Member.Kind)
            .ThenBy(pair => pair.Member.Kind == MemberKind.Field && !mixed ? 0 : pair.Key).Select(pair => pair.Member)];
    }

    private LaidOutFile File(string part, List<Member> members, AgentShape shape, bool partial, bool first)
    {
        var style = FileStyle.From(_random);
        var body = Code.Lines(Class(members, shape, partial, first), first && agent.Chance(6) ? Companion() : "");
        var usings = Code.Lines(agent.Usings.OrderBy(name => name.Contains('=') ? 2 : name.StartsWith("static ", StringComparison.Ordinal) ? 1 : 0).Select(name => $"using {name};"));
        var text = style.FileScopedNamespace
            ? Code.Lines(Header(), usings + "\n", $"namespace Fleet.{group};\n", body)
            : Code.Lines(Header(), usings + "\n", Code.Block($"namespace Fleet.{group}", body));
        return new LaidOutFile($"{group}/{agent.TypeName}{part}.cs", style.Arrange(Code.Parse(text)), style);
    }

    private string Header() => _random.Next(5) switch
    {
        0 => $"// {agent.TypeName}: everything about {agent.Noun}s.\n",
        1 => "#nullable disable\n",
        2 => "/*\n * Part of the old fleet. Started by hand: new Thread(Run).Start();\n */\n",
        _ => "",
    };

    private string Class(List<Member> members, AgentShape shape, bool partial, bool first)
    {
        var lines = new List<string>();
        if (first && agent.Chance(3))
            lines.Add($"/// <summary>Looks after every {agent.Noun}; runs as long as its process.</summary>");
        if (first && attributed)
            lines.Add(agent.Pick("[AgentLift.Agent]", "[AgentLift.AgentAttribute]"));
        if (first && agent.Chance(8))
            lines.Add("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Design\", \"CA1001\")]");

        var parameters = first && shape.PrimaryParameters is { } primary ? $"({primary})" : "";
        var bases = !first || shape.Bases.Count == 0 ? "" : " : " + string.Join(", ", shape.Bases);
        if (agent.Lifted && first)
            bases = shape.PrimaryParameters is null ? agent.Pick(" : BaseAgent", " : AgentLift.BaseAgent") : " : BaseAgent(context)";
        var marks = !first ? "" : string.Concat((agent.Lifted ? agent.ClassRules : [NotABaseAgent, .. agent.ClassRules]).Select(rule => $" {Code.Mark}{rule}"));
        lines.Add(Code.Block(
            $"{(agent.Traits.Contains("internal-type") ? "internal" : "public")} {(agent.Traits.Contains("sealed") ? "sealed " : "")}{(partial ? "partial " : "")}class {agent.TypeName}{parameters}{bases}{marks}",
            Members(members)));
        return Code.Lines(lines);
    }

    private string Members(List<Member> members)
    {
        var lines = new List<string>();
        var region = members.Count > 6 && agent.Chance(5);
        for (var index = 0; index < members.Count; index++)
        {
            var member = members[index];
            if (index > 0 && (member.Kind != MemberKind.Field || members[index - 1].Kind != MemberKind.Field || agent.Chance(6)))
                lines.Add("\n");
            if (region && index == 2)
                lines.Add("#region " + agent.Noun);
            if (member.Kind != MemberKind.Field && agent.Chance(9))
                lines.Add(Comment());
            lines.Add(agent.Chance(40) && member.Kind == MemberKind.Method ? $"#if !NEVER_DEFINED\n{member.Text}\n#endif" : member.Text);
            if (region && index == members.Count - 2)
                lines.Add("#endregion");
        }

        return string.Join('\n', lines.Select(line => line == "\n" ? "" : line));
    }

    private string Comment() => _random.Next(4) switch
    {
        0 => $"// Used by the {agent.Noun} desk; see the runbook before you change it.",
        1 => "// while (true) { Thread.Sleep(1000); } was here once.",
        2 => $"/// <summary>Part of how a {agent.Noun} is handled.</summary>",
        _ => "// TODO: Console.WriteLine is slow here.",
    };

    /// <summary>A small type beside the agent, in its file.</summary>
    private string Companion() => "\n" + agent.Pick(
        $"internal sealed record {agent.TypeName}Snapshot(int Count, DateTime At);",
        $"internal enum {agent.TypeName}Phase {{ Idle, Busy, Closed }}",
        Code.Block($"internal static class {agent.TypeName}Extensions", $"public static int Twice(this int value) => value * {agent.Number(2, 9)};"));
}
