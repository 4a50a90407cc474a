using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Configuration;

/// <summary>
/// AGL1003: single values that the constructor reads from a settings file or the environment become options, with the values of the file as defaults. Assisted:
/// what sets a variable of old must set the option from now on, and which value is a secret is for a person to say.
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
        var documents = new List<ReadDocument>();
        foreach (var item in evidence)
        {
            if (await ReadAsync(agent, target, item, reads, documents, cancellationToken).ConfigureAwait(false) is { } left)
                draft.Refuse(item, left);
        }

        if (reads.GroupBy(read => read.Name).Any(group => group.Select(read => read.Default).Distinct().Count() > 1))
            evidence.ForEach(item => draft.Refuse(item, "two settings would have one name: give one of them another first"));
        else if (reads.Find(read => IsTaken(agent, read)) is { } taken)
            evidence.ForEach(item => draft.Refuse(item, $"{SectionOf(agent)}:{taken.Name} is a setting of BaseAgent itself: give it another name first"));
        else if (reads.Count > 0)
            Write(agent, draft, target, reads, documents);
    }

    private static async Task<string?> ReadAsync(
        AgentCode agent, OptionsTarget target, Evidence item, List<SettingRead> reads, List<ReadDocument> documents, CancellationToken cancellationToken)
    {
        var node = item.Node;
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
        var left = new SortedSet<string>(StringComparer.Ordinal);
        var found = new List<SettingRead>();
        foreach (var use in target.Body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable.Identifier.ValueText && name.Parent is not VariableDeclaratorSyntax))
        {
            if (use.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetProperty", Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string key } }], Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var get, Parent: InvocationExpressionSyntax place } } }
                && SettingRead.TypeOf(get) is { } type && values.Value(key, type) is { } value)
            {
                var read = new SettingRead(place, key, value, $"the value {key} of {file}");
                if (read.IsSecret)
                    left.Add("secrets");
                else
                    found.Add(read);
            }
            else
            {
                left.Add("lists or objects");
            }
        }

        var what = string.Join(" and ", left);

        if (found.Count == 0)
            return left.Contains("secrets") ? $"{file} holds secrets, which no code is to hold: bind them by hand" : $"{file} holds no single values that are read here: bind it by hand";
        reads.AddRange(found);
        documents.Add(new ReadDocument(statement, file, what));
        return what.Length > 0 ? $"{file} also holds {what}, which are still read here" : null;
    }

    private static void Write(AgentCode agent, AgentDraft draft, OptionsTarget target, List<SettingRead> reads, List<ReadDocument> documents)
    {
        var tree = target.Body.SyntaxTree;
        var options = agent.Type.Name + "Options";
        var name = target.FreeName("options");
        foreach (var read in reads)
            draft.Replace(tree, read.Place.Span, $"{name}.Value.{read.Name}");
        foreach (var (statement, file, left) in documents)
        {
            var indent = SourceStyle.IndentOf(tree.GetText(), statement.SpanStart);
            if (left.Length > 0)
                draft.Insert(tree, statement.SpanStart, $"// AGENTLIFT AGL1003: {left} of {file} are still read here; bind them too.{agent.Style.NewLine}{indent}");
            else
                draft.Remove(statement);
        }

        target.Write(draft, options, name);
        draft.AddUsing(tree, "Microsoft.Extensions.Options", "IOptions");
        WriteClass(agent, draft, options, [.. reads.GroupBy(read => read.Name).Select(group => group.First())]);
        draft.Settings.AddRange(reads.GroupBy(read => read.Name).Select(group => new LiftedSetting($"{SectionOf(agent)}:{group.Key}", group.First().Default.Value) { IsSecret = group.First().IsSecret }));
    }

    private static void WriteClass(AgentCode agent, AgentDraft draft, string options, IReadOnlyList<SettingRead> reads)
    {
        var properties = reads.Select(read =>
            $"    /// <summary>{read.Summary}</summary>\n{(read.Range is { } range ? $"    [Range({range})]\n" : string.Empty)}    public {read.Default.Type} {read.Name} {{ get; set; }} = {read.Default.Code};\n");
        var access = agent.Type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal";
        var text = $"/// <summary>Settings of <see cref=\"{agent.Type.Name}\"/>.</summary>\n"
            + OptionsBindingRewriter.CommentFor(options, SectionOf(agent)) + "\n"
            + $"{access} sealed class {options}\n{{\n{string.Join("\n", properties)}}}";
        var tree = agent.Declaration.SyntaxTree;
        var line = tree.GetText().Lines.GetLineFromPosition(agent.Declaration.Span.End);
        var written = agent.Style.NewLine + agent.Style.Write(text, agent.Style.ClassIndent) + agent.Style.NewLine;
        draft.Insert(tree, line.EndIncludingLineBreak, line.EndIncludingLineBreak == line.End ? agent.Style.NewLine + written : written);
        if (reads.Any(read => read.Range is not null))
            draft.AddUsing(tree, "System.ComponentModel.DataAnnotations", "RangeAttribute");
    }

    private static bool IsTaken(AgentCode agent, SettingRead read) =>
        agent.Compilation.GetTypeByMetadataName("AgentLift.Runtime.AgentOptions")?.GetMembers().OfType<IPropertySymbol>().Any(property => string.Equals(property.Name, read.Name, StringComparison.OrdinalIgnoreCase)) == true;

    private static string SectionOf(AgentCode agent) =>
        "Agents:" + (agent.Type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "AgentAttribute")?.ConstructorArguments.FirstOrDefault().Value as string ?? agent.Type.Name);

    /// <summary>A settings file that the constructor parses.</summary>
    /// <param name="Statement">Where it does.</param>
    /// <param name="File">The file.</param>
    /// <param name="Left">What is still read from it; empty where nothing is.</param>
    private sealed record ReadDocument(LocalDeclarationStatementSyntax Statement, string File, string Left);
}
