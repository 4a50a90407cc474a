using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Endpoints;

/// <summary>The initialiser of a field that holds endpoints. It runs before there is an agent to ask for settings, so it moves to the beginning of the constructors.</summary>
/// <param name="variable">The field.</param>
/// <param name="constructors">The constructors that pass on to no other one.</param>
internal sealed class EndpointInitialiser(VariableDeclaratorSyntax variable, IReadOnlyList<ConstructorDeclarationSyntax> constructors)
{
    public VariableDeclaratorSyntax Variable => variable;

    public ExpressionSyntax Value => variable.Initializer!.Value;

    /// <summary>The initialiser around a place; <see langword="null"/> where there is none that could move.</summary>
    public static EndpointInitialiser? Around(AgentSource source, SyntaxNode place) =>
        EndpointPlace.MovableAround(source, place, isOnRuntime: true) is var (variable, constructors) ? new EndpointInitialiser(variable, constructors) : null;

    /// <summary>Moves it, with settings in the place of literals.</summary>
    public void MoveToConstructors(AgentSource source, AgentDraft draft, IReadOnlyList<(LiteralExpressionSyntax Literal, string Setting)> settings)
    {
        var tree = variable.SyntaxTree;
        var text = SourceText.From(Value.ToString()).WithChanges(settings.Select(setting => new TextChange(new TextSpan(setting.Literal.SpanStart - Value.SpanStart, setting.Literal.Span.Length), setting.Setting))).ToString();
        var style = source.Agent.Style;
        if (Value.IsKind(SyntaxKind.ArrayInitializerExpression))
            text = $"new {((VariableDeclarationSyntax)variable.Parent!).Type.WithoutTrivia()}{(text.Contains('\n') ? style.NewLine + style.MemberIndent : " ")}{text}";
        var statement = string.Join("\n", $"{variable.Identifier.Text} = {text};".Split('\n').Select((line, i) => i == 0 || line.Trim().Length == 0 ? line : style.Unit + line));
        draft.Replace(tree, TextSpan.FromBounds(variable.Identifier.Span.End, Value.Span.End), string.Empty, movedTo: text);
        foreach (var constructor in constructors)
        {
            draft.Insert(constructor.SyntaxTree, constructor.Body!.OpenBraceToken.Span.End, style.NewLine + style.MemberIndent + style.Unit + statement);
            draft.AddUsingsOf(source.Agent, Value);
        }
    }
}
