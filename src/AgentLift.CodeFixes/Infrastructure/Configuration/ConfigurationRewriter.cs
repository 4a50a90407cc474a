using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Configuration;

/// <summary>
/// AGL1003: single values that the constructor reads from a settings file or the environment become options, with the values of the file as defaults. Assisted:
/// the section must be bound where the agent is registered, and which value is a secret is for a person to say.
/// </summary>
internal sealed class ConfigurationRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.HandRolledConfiguration];

    public string Title => "Bind the settings of '{0}' to an options class";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var evidence = agent.EvidenceOf(Core.Rules.RuleIds.HandRolledConfiguration).ToList();
        if (!agent.Options.IncludeAssisted || evidence.Count == 0)
            return;
        var (target, reason) = await OptionsTarget.FindAsync(agent, cancellationToken).ConfigureAwait(false);
        if (target is null)
        {
            evidence.ForEach(item => draft.Refuse(item, reason!));
            return;
        }

        var reads = new List<SettingRead>();
        var documents = new List<(LocalDeclarationStatementSyntax Statement, string File, bool IsRead)>();
        foreach (var item in evidence)
        {
            if (await ReadAsync(agent, target, item, reads, documents, cancellationToken).ConfigureAwait(false) is { } left)
                draft.Refuse(item, left);
        }

        if (reads.GroupBy(read => read.Name).Any(group => group.Select(read => (read.Type, read.Default)).Distinct().Count() > 1))
            evidence.ForEach(item => draft.Refuse(item, "two settings would have one name: give one of them another first"));
        else if (reads.Count > 0)
            Write(agent, draft, target, reads, documents);
    }

    private static async Task<string?> ReadAsync(
        AgentCode agent, OptionsTarget target, Evidence item, List<SettingRead> reads, List<(LocalDeclarationStatementSyntax Statement, string File, bool IsRead)> documents, CancellationToken cancellationToken)
    {
        var node = AgentCode.NodeAt(item);
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || !target.Holds(node))
            return "it is read outside the constructor, each time anew: bind it to the options by hand";
        if (item.MessageArguments[0] == "Environment.GetEnvironmentVariable")
        {
            if (SettingRead.OfVariable(call, agent.ModelOf(call)) is not { } read)
                return "the variable has no plain default, so that it is not known what it stands for";
            reads.Add(read);
            return null;
        }

        // var settings = JsonDocument.Parse(File.ReadAllText("tutor.json")).RootElement;
        if (call.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Parse", Expression: IdentifierNameSyntax { Identifier.ValueText: "JsonDocument" } } } parse } }
            || parse.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RootElement", Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } } variable } }
            || agent.ModelOf(call).GetConstantValue(call.ArgumentList.Arguments[0].Expression, cancellationToken).Value is not string file)
        {
            return "the file is not read into a JSON document at once: bind its values by hand";
        }

        if (await SettingsFile.ReadAsync(agent.Project, file, cancellationToken).ConfigureAwait(false) is not { } values)
            return $"{file} is not at hand, so that its values are not known: give it to the project as an additional file";
        var isRead = false;
        var found = new List<SettingRead>();
        foreach (var use in target.Body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable.Identifier.ValueText && name.Parent is not VariableDeclaratorSyntax))
        {
            if (use.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetProperty", Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string key } }], Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var get, Parent: InvocationExpressionSyntax place } } }
                && SettingRead.TypeOf(get) is { } type && values.Value(key, type) is { } value)
            {
                found.Add(new SettingRead(place, key, type, value, $"the value {key} of {file}"));
            }
            else
            {
                isRead = true;
            }
        }

        if (found.Count == 0)
            return $"{file} holds no single values that are read here: bind it by hand";
        reads.AddRange(found);
        documents.Add((statement, file, isRead));
        return isRead ? $"{file} also holds lists or objects, which are still read here" : null;
    }

    private static void Write(AgentCode agent, AgentDraft draft, OptionsTarget target, List<SettingRead> reads, List<(LocalDeclarationStatementSyntax Statement, string File, bool IsRead)> documents)
    {
        var tree = target.Body.SyntaxTree;
        var options = agent.Type.Name + "Options";
        var name = target.FreeName("options");
        foreach (var read in reads)
            draft.Replace(tree, read.Place.Span, $"{name}.Value.{read.Name}");
        foreach (var (statement, file, isRead) in documents)
        {
            var indent = SourceStyle.IndentOf(tree.GetText(), statement.SpanStart);
            if (isRead)
                draft.Insert(tree, statement.SpanStart, $"// AGENTLIFT AGL1003: lists and objects of {file} are still read here; bind them too.{agent.Style.NewLine}{indent}");
            else
                draft.Remove(statement);
        }

        target.Write(draft, options, name);
        draft.AddUsing(tree, "Microsoft.Extensions.Options", "IOptions");
        WriteClass(agent, draft, options, [.. reads.GroupBy(read => read.Name).Select(group => group.First())]);
        draft.Settings.AddRange(reads.GroupBy(read => read.Name).Select(group => new LiftedSetting(agent.Project.Name, $"{SectionOf(agent)}:{group.Key}", group.First().Json)));
    }

    private static void WriteClass(AgentCode agent, AgentDraft draft, string options, IReadOnlyList<SettingRead> reads)
    {
        var section = SectionOf(agent);
        var properties = reads.Select(read =>
            $"    /// <summary>{read.Summary}</summary>\n{(read.Range is { } range ? $"    [Range({range})]\n" : string.Empty)}    public {read.Type} {read.Name} {{ get; set; }} = {read.Default};\n");
        var access = agent.Type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal";
        var text = $"/// <summary>Settings of <see cref=\"{agent.Type.Name}\"/>.</summary>\n"
            + $"// AGENTLIFT AGL1003: bind it where the agent is registered: builder.Services.AddOptions<{options}>().BindConfiguration(\"{section}\").ValidateDataAnnotations().ValidateOnStart();\n"
            + $"{access} sealed class {options}\n{{\n{string.Join("\n", properties)}}}";
        var tree = agent.Declaration.SyntaxTree;
        var line = tree.GetText().Lines.GetLineFromPosition(agent.Declaration.Span.End);
        var written = agent.Style.NewLine + agent.Style.Write(text, agent.Style.ClassIndent) + agent.Style.NewLine;
        draft.Insert(tree, line.EndIncludingLineBreak, line.EndIncludingLineBreak == line.End ? agent.Style.NewLine + written : written);
        if (reads.Any(read => read.Range is not null))
            draft.AddUsing(tree, "System.ComponentModel.DataAnnotations", "RangeAttribute");
    }

    private static string SectionOf(AgentCode agent) =>
        "Agents:" + (agent.Type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "AgentAttribute")?.ConstructorArguments.FirstOrDefault().Value as string ?? agent.Type.Name);
}
