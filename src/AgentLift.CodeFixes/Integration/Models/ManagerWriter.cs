using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>Names the models of a manager, and writes its class below the agent.</summary>
internal sealed class ManagerWriter(AgentSource source, string manager)
{
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> properties =
        [.. source.Agent.Compilation.GetTypeByMetadataName("AgentLift.Runtime.ModelManager")!.MemberNames, .. source.Agent.Compilation.GetSpecialType(SpecialType.System_Object).MemberNames, manager];

    public ManagedModel Name(KeptModel kept, IReadOnlyList<LeasePlace>? places)
    {
        var file = kept.Load.Path.Substring(kept.Load.Path.LastIndexOfAny(['/', '\\']) + 1);
        var name = file.LastIndexOf('.') is > 0 and var dot ? file.Substring(0, dot) : file;
        var declaration = source.Agent.Declaration;
        return new ManagedModel(
            kept,
            Free(name, names, "-"),
            Free(Pascal(name), properties, string.Empty),
            kept.Load.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToMinimalDisplayString(source.ModelOf(declaration), NullableFlowState.None, declaration.SpanStart),
            places);
    }

    public void Write(AgentDraft draft, IReadOnlyList<ManagedModel> models, bool isRegistered)
    {
        var agent = source.Agent;
        var access = agent.Type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal";
        var mark = isRegistered ? string.Empty : $"// AGENTLIFT AGL6001: register it where the agent is registered: builder.AddModelManager<{manager}>();\n";
        var documented = draft.AsksForComments ? models.Select(model => $"    /// <summary>The model of {model.Kept.Load.Path}.</summary>\n") : models.Select(_ => string.Empty);
        var text = $"/// <summary>Models of <see cref=\"{agent.Type.Name}\"/>.</summary>\n{mark}[ModelManager]\n{access} sealed partial class {manager}\n{{\n"
            + string.Join("\n\n", models.Zip(documented, (model, summary) => summary + model.Text("    "))) + "\n}";
        var tree = agent.Declaration.SyntaxTree;
        var line = tree.GetText().Lines.GetLineFromPosition(agent.Declaration.Span.End);
        var written = agent.Style.NewLine + agent.Style.Write(text, agent.Style.ClassIndent) + agent.Style.NewLine;
        draft.Insert(tree, line.EndIncludingLineBreak, line.EndIncludingLineBreak == line.End ? agent.Style.NewLine + written : written);
        draft.AddUsing(tree, "AgentLift.Runtime", "ModelManagerAttribute");
    }

    private static string Pascal(string name)
    {
        var words = new string([.. name.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        return joined.Length == 0 || !char.IsLetter(joined[0]) ? "Model" + joined : joined;
    }

    private static string Free(string wanted, HashSet<string> taken, string between)
    {
        var name = wanted;
        for (var i = 2; !taken.Add(name); i++)
            name = wanted + between + i;
        return name;
    }
}
