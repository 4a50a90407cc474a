using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>Writes a program's agents as registrations with a host, in the order in which the program starts them. What else it does stays where it is.</summary>
internal sealed class HostWriter
{
    private const string Hosting = "Microsoft.Extensions.Hosting";

    private readonly HostProgram program;
    private readonly AgentDraft draft;
    private readonly Dictionary<MadeAgent, string> registrations;
    private readonly HashSet<MadeAgent> instances;
    private readonly string builder;
    private readonly string host;
    private readonly HashSet<int> gone = [];
    private readonly bool goesOn;
    private readonly LaunchWriter launches;

    private HostWriter(HostProgram program, AgentDraft draft, Dictionary<MadeAgent, string> registrations)
    {
        this.program = program;
        this.draft = draft;
        this.registrations = registrations;
        var taken = new HashSet<string>(Body.DescendantTokens().Concat(program.Launches.Sources.SelectMany(source => source.Node.DescendantTokens())).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
        builder = Free("builder", taken);
        host = Free("host", taken);
        instances = [.. program.Agents.Where(NeedsInstance)];
        launches = new LaunchWriter(program, draft, builder);
        goesOn = Kept().Any(i => i > program.LastStart && (program.Wait < 0 || i < program.Wait) && Statement(i) is not (LocalFunctionStatementSyntax or ReturnStatementSyntax or EmptyStatementSyntax));
    }

    private SyntaxNode Body => program.Entry.Main is { } main ? main : program.Entry.Tree.GetRoot();

    /// <summary>Adds the edits to a draft.</summary>
    /// <returns>Why it cannot; <see langword="null"/> where it did.</returns>
    public static string? Write(HostProgram program, AgentDraft draft)
    {
        var registrations = new Dictionary<MadeAgent, string>();
        for (var i = 0; i < program.Started.Count; i++)
        {
            var (text, obstacle) = program.Started[i].Registration(program.Entry, i > 0 && program.Launches.All.Count == 0 ? program.Started[i - 1] : null);
            if (text is null)
                return obstacle;
            registrations[program.Started[i]] = text;
        }

        return new HostWriter(program, draft, registrations).Write();
    }

    private string? Write()
    {
        var statements = program.Entry.Statements;
        var first = program.First;
        var style = program.Style;
        for (var i = 0; i < statements.Count; i++)
        {
            var lines = new List<string>();
            if (i == first)
            {
                lines.Add($"var {builder} = {HostName()}.CreateApplicationBuilder({program.Entry.Arguments});");
                if (program.StartsSeveral)
                    lines.Add($"{builder}.StartAgentsInOrder();");
            }

            if (instances.Count > 0 && i == first)
            {
                lines.AddRange(program.Started.Select(agent => $"{builder}.{registrations[agent]};"));
                lines.Add($"{(goesOn ? "using " : string.Empty)}var {host} = {builder}.Build();");
            }

            var made = program.Agents.Find(agent => agent.Index == i);
            if (made is not null && instances.Count == 0)
                lines.Add($"{builder}.{registrations[made]};");
            if (made is not null && instances.Contains(made))
                lines.Add($"var {made.Local!.Name} = {host}.Services.GetRequiredService<{made.TypeText}>();");
            if (i == first && program.Roles[i] == StatementRole.Launch)
            {
                PutBefore(i, lines, style);
                lines.Clear();
            }

            if (i == program.LastStart && goesOn)
            {
                if (instances.Count == 0)
                    lines.Add($"using var {host} = {builder}.Build();");
                lines.Add($"await {host}.StartAsync();");
            }

            if (i == End())
                lines.Add(goesOn ? $"await {host}.WaitForShutdownAsync();" : instances.Count > 0 ? $"await {host}.RunAsync();" : $"await {builder}.Build().RunAsync();");
            Put(i, lines, style);
        }

        WriteReturns();
        WriteSignature();
        AddUsings(statements[first]);
        return launches.Write();
    }

    // Where the program waited; where it did not, behind what it still does.
    private int End() => program.Wait >= 0 ? program.Wait : goesOn ? Kept().Last(i => Statement(i) is not (LocalFunctionStatementSyntax or ReturnStatementSyntax or EmptyStatementSyntax)) : program.LastStart;

    private void Put(int index, List<string> lines, SourceStyle style)
    {
        var statement = Statement(index);
        if (program.Roles[index] is StatementRole.Other or StatementRole.Launch && !program.Agents.Any(agent => agent.Index == index))
        {
            if (lines.Count > 0)
                draft.Insert(statement.SyntaxTree, statement.Span.End, string.Concat(lines.Select(line => style.NewLine + style.ClassIndent + line)));
            return;
        }

        if (lines.Count == 0)
        {
            gone.Add(index);
            draft.Remove(statement, FirstGone(index));
            return;
        }

        var comments = PlainCode.CommentsIn(statement);
        draft.Replace(statement.SyntaxTree, statement.Span, string.Join(style.NewLine + style.ClassIndent, comments.Concat(lines)));
    }

    private void PutBefore(int index, List<string> lines, SourceStyle style) =>
        draft.Insert(program.Entry.Tree, Statement(index).SpanStart, string.Concat(lines.Select(line => line + style.NewLine + style.ClassIndent)));

    // The first of the statements that go with this one, where nothing stands between them.
    private StatementSyntax FirstGone(int index)
    {
        var text = program.Entry.Tree.GetText();
        for (; index > 0 && gone.Contains(index - 1); index--)
        {
            var between = Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(Statement(index - 1).Span.End, Statement(index).SpanStart);
            if (text.ToString(between).Trim().Length > 0 || text.ToString(between).Count(character => character == '\n') > 1)
                break;
        }

        return Statement(index);
    }

    // What the program does between making an agent and starting the first counts on the agent being there.
    private bool NeedsInstance(MadeAgent agent)
    {
        if (agent.Local is null)
            return false;
        var firstStart = program.FirstStart;
        return Kept().Any(i => program.AgentsIn(Statement(i)).Contains(agent) || (i > agent.Index && i < firstStart && !program.IsTransparent(i)));
    }

    private IEnumerable<int> Kept() => Enumerable.Range(0, program.Roles.Length).Where(i => program.Roles[i] == StatementRole.Other && !program.Agents.Any(agent => agent.Index == i));

    private StatementSyntax Statement(int index) => program.Entry.Statements[index];

    // An agent that failed has set the exit code of the process; 0 would hide it.
    private void WriteReturns()
    {
        for (var i = End() + 1; i < program.Entry.Statements.Count; i++)
        {
            if (Statement(i) is ReturnStatementSyntax { Expression: { } code } && program.Entry.Model.GetConstantValue(code).Value is 0)
                draft.Replace(program.Entry.Tree, code.Span, Knows(code.SpanStart, "Environment", "System") ? "Environment.ExitCode" : "System.Environment.ExitCode");
        }
    }

    private void WriteSignature()
    {
        if (program.Entry.Main is not { } main || main.Modifiers.Any(SyntaxKind.AsyncKeyword))
            return;
        draft.Insert(program.Entry.Tree, main.ReturnType.SpanStart, "async ");
        draft.Replace(program.Entry.Tree, main.ReturnType.Span, main.ReturnType.ToString() == "int" ? "Task<int>" : "Task");
        if (!Knows(main.SpanStart, "Task", "System.Threading.Tasks"))
            draft.AddUsing(program.Entry.Tree, "System.Threading.Tasks");
    }

    private void AddUsings(StatementSyntax place)
    {
        var tree = program.Entry.Tree;
        foreach (var (type, space) in new[] { ("AgentHostingExtensions", "AgentLift.Runtime"), ("HostingAbstractionsHostExtensions", Hosting) })
        {
            if (!Knows(place.SpanStart, type, space))
                draft.AddUsing(tree, space);
        }

        if ((instances.Count > 0 || registrations.Values.Any(text => text.Contains("GetRequiredService"))) && !Knows(place.SpanStart, "ServiceProviderServiceExtensions", "Microsoft.Extensions.DependencyInjection"))
            draft.AddUsing(tree, "Microsoft.Extensions.DependencyInjection");
    }

    private string HostName()
    {
        var found = program.Entry.Model.LookupNamespacesAndTypes(program.Entry.Statements[0].SpanStart, name: "Host");
        return found.All(symbol => symbol.ContainingNamespace?.ToDisplayString() == Hosting) && !(Body.DescendantTokens().Any(token => token.ValueText == "Host" && token.Parent is VariableDeclaratorSyntax or ParameterSyntax))
            ? "Host"
            : "Microsoft.Extensions.Hosting.Host";
    }

    private bool Knows(int position, string type, string space) =>
        program.Entry.Model.LookupNamespacesAndTypes(position, name: type).Any(symbol => symbol.ContainingNamespace?.ToDisplayString() == space);

    private static string Free(string wanted, ICollection<string> taken)
    {
        var name = wanted;
        for (var i = 2; taken.Contains(name); i++)
            name = wanted + i;
        taken.Add(name);
        return name;
    }
}
