using AgentLift.CodeFixes.CoreLogic.Waiting;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>Adds statements to the beginning of an agent's start and to the end of its stop, and writes these phases where there are none.</summary>
internal sealed class PhaseEdits(AgentSource source)
{
    private const string Starting = "OnStartingAsync";
    private const string Stopped = "OnStoppedAsync";
    private const string Done = "ValueTask.CompletedTask";
    private const string Token = "cancellationToken";

    private readonly MethodDeclarationSyntax? stop = PhaseOf(source, Stopped);

    /// <summary>The start; <see langword="null"/> where the agent has none of its own.</summary>
    public MethodDeclarationSyntax? Start { get; } = PhaseOf(source, Starting);

    /// <summary>What the token of the start is called.</summary>
    public string StartToken => Start?.ParameterList.Parameters[0].Identifier.Text ?? Token;

    /// <summary>Why nothing can be added; <see langword="null"/> where it can.</summary>
    /// <param name="needsStop">Whether something is to be added to the stop.</param>
    public string? Obstacle(bool needsStop) =>
        source.Agent.Type.BaseType?.ToDisplayString() != "AgentLift.Runtime.BaseAgent" ? $"{source.Agent.Type.BaseType?.Name} has phases of its own: acquire the model there by hand"
        : Obstacle(Start, mayReturn: true) ?? (needsStop ? Obstacle(stop, mayReturn: false) : null);

    /// <summary>Whether a statement stands directly in the start.</summary>
    public bool IsInStart(StatementSyntax statement) => Start is not null && statement.Parent == Start.Body;

    /// <summary>Runs in the start, which must be asynchronous; the statements come first there.</summary>
    public IEnumerable<(SyntaxTree Tree, TextChange Change)> StartWith(IReadOnlyList<string> statements)
    {
        if (Start is null || statements.Count == 0)
            yield break;
        var style = StyleOf(Start);
        yield return (Start.SyntaxTree, new TextChange(new TextSpan(Start.Body!.OpenBraceToken.Span.End, 0), string.Concat(statements.Select(line => style.NewLine + style.MemberIndent + style.Unit + line))));
    }

    /// <summary>Runs in the stop; the statements come last there.</summary>
    public IEnumerable<(SyntaxTree Tree, TextChange Change)> StopWith(IReadOnlyList<string> statements)
    {
        if (stop is null || statements.Count == 0)
            yield break;
        var style = StyleOf(stop);
        var indent = style.MemberIndent + style.Unit;
        yield return stop.Body!.Statements.LastOrDefault() is ReturnStatementSyntax last
            ? (stop.SyntaxTree, new TextChange(new TextSpan(last.SpanStart, 0), string.Concat(statements.Select(line => line + style.NewLine + indent))))
            : (stop.SyntaxTree, new TextChange(new TextSpan(stop.SyntaxTree.GetText().Lines.GetLineFromPosition(stop.Body.CloseBraceToken.SpanStart).Start, 0), string.Concat(statements.Select(line => indent + line + style.NewLine))));
    }

    /// <summary>Adds the phases that are not there yet.</summary>
    public void AddMissing(AgentDraft draft, IReadOnlyList<string> started, IReadOnlyList<string> stopped)
    {
        if (Start is null && started.Count > 0)
            Add(draft, $"protected override async ValueTask {Starting}(CancellationToken {Token})\n{{\n{string.Concat(started.Select(line => $"    {line}\n"))}}}");
        if (stop is null && stopped.Count > 0)
            Add(draft, $"protected override ValueTask {Stopped}(CancellationToken {Token})\n{{\n{string.Concat(stopped.Select(line => $"    {line}\n"))}    return {Done};\n}}");
    }

    private void Add(AgentDraft draft, string member)
    {
        draft.AddMember(member);
        draft.AddUsing(source.Agent.Declaration.SyntaxTree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(source.Agent.Declaration.SyntaxTree, "System.Threading.Tasks", "ValueTask");
    }

    private static string? Obstacle(MethodDeclarationSyntax? phase, bool mayReturn)
    {
        if (phase is null)
            return null;
        var name = phase.Identifier.ValueText;
        if (phase.Body is not { } body || OnOneLine(body))
            return $"{name} has no body of several lines to add to";
        if (!AsynchronousMethod.CanAwait(phase))
            return $"{name} returns another task: await it first";
        return !mayReturn && AsynchronousMethod.ReturnsOf(phase).Any(exit => exit != body.Statements.Last()) ? $"{name} returns early, so that a lease would not be ended: let it run through first" : null;
    }

    private static bool OnOneLine(BlockSyntax body)
    {
        var lines = body.SyntaxTree.GetText().Lines;
        return lines.IndexOf(body.OpenBraceToken.SpanStart) == lines.IndexOf(body.CloseBraceToken.SpanStart);
    }

    private static MethodDeclarationSyntax? PhaseOf(AgentSource source, string name) =>
        source.Parts.SelectMany(part => part.Members).OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(method => method.Identifier.ValueText == name && method.Modifiers.Any(SyntaxKind.OverrideKeyword) && method.ParameterList.Parameters.Count == 1);

    private static SourceStyle StyleOf(MethodDeclarationSyntax method) => SourceStyle.Of((TypeDeclarationSyntax)method.Parent!, method.SyntaxTree.GetText());
}
