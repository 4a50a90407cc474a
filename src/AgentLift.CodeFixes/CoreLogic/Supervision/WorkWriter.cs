using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Supervision;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>Writes the call of the runtime that starts one piece of work.</summary>
internal sealed class WorkWriter(AgentSyntax code, AgentDraft draft, TokenFlow tokens, Work work)
{
    private WorkTarget Target => work.Target;

    private string Run => Target.IsAsync ? "RunSupervised" : "RunOnThread";

    private string Holder => work.LifeReads.Count > 0 ? work.Holder!.Name + " = " : string.Empty;

    private string End => (work.IsOnce ? ", RestartPolicy.Once" : string.Empty) + ");";

    public void Write()
    {
        if (work.IsOnce)
            draft.AddUsing(work.Statement.SyntaxTree, "AgentLift.Runtime", "RestartPolicy");
        if (Target.Lambda is { } lambda)
            WriteAround(lambda);
        else
            draft.Replace(work.Statement.SyntaxTree, work.Statement.Span, Call());
    }

    // The code of a lambda stays where it is, line by line.
    private void WriteAround(AnonymousFunctionExpressionSyntax lambda)
    {
        var tree = lambda.SyntaxTree;
        var token = tokens.Of(lambda)!;
        var arrow = lambda switch
        {
            LambdaExpressionSyntax { ArrowToken: var own } => own.Span.End,
            AnonymousMethodExpressionSyntax { ParameterList: { } list } => list.Span.End,
            _ => ((AnonymousMethodExpressionSyntax)lambda).DelegateKeyword.Span.End,
        };
        var isAsync = lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword) ? "async " : string.Empty;
        draft.Replace(tree, TextSpan.FromBounds(work.Statement.SpanStart, arrow), $"{Holder}{Run}(\"{work.Name}\", {isAsync}{token} =>");
        draft.Replace(tree, TextSpan.FromBounds(lambda.Body.Span.End, work.Statement.Span.End), End);
        if (lambda.Block is { } block && First(token).ToList() is { Count: > 0 } first)
        {
            var text = tree.GetText();
            var style = StyleAt(text);
            var indent = SourceStyle.IndentOf(text, block.CloseBraceToken.SpanStart) + style.Unit;
            draft.Insert(tree, block.OpenBraceToken.Span.End, string.Concat(first.Select(line => style.NewLine + indent + line)));
        }
    }

    private string Call()
    {
        var method = Target.Method!;
        var declaration = Target.Receiver.Length == 0 ? code.DeclarationOf(method) : null;
        var takesToken = declaration is not null && tokens.Of(declaration) is not null;
        var arguments = TokenFlow.TakesToken(method) && takesToken ? [.. Target.Arguments.Take(method.Parameters.Length - 1)] : Target.Arguments.ToList();
        var name = method.MethodKind == MethodKind.LocalFunction || Target.Receiver.Length == 0 ? Target.NewName ?? method.Name : Target.Receiver + method.Name;
        var token = tokens.NameAt(work.Statement);
        var first = First(token).ToList();
        if (first.Count == 0 && takesToken && arguments.Count == 0)
            return $"{Holder}{Run}(\"{work.Name}\", {name}{End}";
        var call = $"{name}({string.Join(", ", takesToken ? arguments.Append(token) : arguments)})";
        if (first.Count == 0)
            return $"{Holder}{Run}(\"{work.Name}\", {(takesToken ? token : "_")} => {call}{End}";

        var text = work.Statement.SyntaxTree.GetText();
        var style = StyleAt(text);
        var indent = SourceStyle.IndentOf(text, work.Statement.SpanStart);
        var lines = first.Append((Target.IsAsync ? "await " : string.Empty) + call + ";").Select(line => $"{indent}{style.Unit}{line}{style.NewLine}");
        return $"{Holder}{Run}(\"{work.Name}\", {(Target.IsAsync ? "async " : string.Empty)}{token} =>{style.NewLine}{indent}{{{style.NewLine}{string.Concat(lines)}{indent}}}{End}";
    }

    private IEnumerable<string> First(string token)
    {
        foreach (var setting in work.Settings)
            yield return setting;
        if (work.IsOnce && Target.Connection is { } closing)
            yield return $"using var closing = {token}.Register({closing});";
    }

    private SourceStyle StyleAt(SourceText text) => SourceStyle.Of(work.Statement.FirstAncestorOrSelf<TypeDeclarationSyntax>()!, text);
}
