using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>
/// Gives each constructor the agent's context. Where somebody makes the agent by hand, a constructor with the old parameters stays, on a context of its own;
/// it is marked, and goes with the last such caller.
/// </summary>
internal static class Constructors
{
    private const string Standalone = "AgentContext.Standalone";

    public static string? Obstacle(AgentCode agent)
    {
        var declared = Declared(agent).ToList();
        if (declared.Any(constructor => constructor.Modifiers.Any(SyntaxKind.ProtectedKeyword)
            || !constructor.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword)))
        {
            return $"{agent.Type.Name} has a constructor that is not public, so that it controls its own instances: give it a public one first";
        }

        return declared.Any(constructor => constructor.ParameterList.Parameters.Any(IsUnusual)) || agent.Header.ParameterList?.Parameters.Any(IsUnusual) == true
            ? $"a constructor of {agent.Type.Name} takes its arguments by reference or as params"
            : null;
    }

    /// <summary>The name of the context in constructors, which nothing else there bears.</summary>
    public static string ContextNameOf(AgentCode agent)
    {
        IEnumerable<SyntaxNode> places = Declared(agent);
        if (agent.Header.ParameterList is { } primary)
            places = places.Append(primary);
        var isTaken = agent.Type.MemberNames.Contains("context")
            || places.SelectMany(place => place.DescendantTokens()).Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == "context");
        return isTaken ? "agentContext" : "context";
    }

    public static async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var context = ContextNameOf(agent);
        var madeByHand = agent.IsPublished || await IsMadeByHandAsync(agent, cancellationToken).ConfigureAwait(false);
        var name = agent.Declaration.Identifier.Text;
        if (agent.Header.ParameterList is { } primary)
        {
            InsertParameter(draft, primary, context);
            ParameterDocumentation.Insert(draft, agent.Header, context);
            draft.AddUsing(primary.SyntaxTree, "AgentLift.Runtime", "AgentContext");
            foreach (var constructor in Declared(agent).Where(constructor => constructor.Initializer is { } initializer && initializer.IsKind(SyntaxKind.ThisConstructorInitializer)))
                PassContext(draft, constructor, context);
            if (madeByHand)
                draft.AddMember(Compatibility(name, "public", primary.Parameters));
            return;
        }

        var declared = Declared(agent).ToList();
        foreach (var constructor in declared)
            PassContext(draft, constructor, context);
        if (declared.Count == 0)
            InsertFirst(agent, draft, $"{(draft.AsksForComments ? "/// <summary>For the host, which makes it.</summary>\n" : string.Empty)}public {name}(AgentContext {context})\n    : base({context})\n{{\n}}");
        if (!madeByHand)
            return;
        if (declared.Count == 0)
            draft.AddMember(Compatibility(name, "public", default));
        foreach (var constructor in declared)
            draft.AddMember(Compatibility(name, constructor.Modifiers.Any(SyntaxKind.InternalKeyword) ? "internal" : "public", constructor.ParameterList.Parameters));
    }

    private static void PassContext(AgentDraft draft, ConstructorDeclarationSyntax constructor, string context)
    {
        draft.AddUsing(constructor.SyntaxTree, "AgentLift.Runtime", "AgentContext");
        InsertParameter(draft, constructor.ParameterList, context);
        ParameterDocumentation.Insert(draft, constructor, context);
        if (constructor.Initializer is { } initializer)
        {
            var first = initializer.ArgumentList.Arguments.Count > 0 ? context + ", " : context;
            draft.Insert(constructor.SyntaxTree, initializer.ArgumentList.OpenParenToken.Span.End, first);
            return;
        }

        var style = SourceStyle.Of((TypeDeclarationSyntax)constructor.Parent!, constructor.SyntaxTree.GetText());
        draft.Insert(constructor.SyntaxTree, constructor.ParameterList.Span.End, $"{style.NewLine}{style.MemberIndent}{style.Unit}: base({context})");
    }

    private static void InsertParameter(AgentDraft draft, ParameterListSyntax list, string context) =>
        draft.Insert(list.SyntaxTree, list.OpenParenToken.Span.End, list.Parameters.Count > 0 ? $"AgentContext {context}, " : $"AgentContext {context}");

    private static void InsertFirst(AgentCode agent, AgentDraft draft, string member)
    {
        var methods = agent.Declaration.Members.FirstOrDefault(existing => existing is not BaseFieldDeclarationSyntax and not PropertyDeclarationSyntax);
        if (methods is null)
        {
            draft.AddMember(member);
            return;
        }

        var style = agent.Style;
        var text = agent.Declaration.SyntaxTree.GetText();
        var leading = methods.GetLeadingTrivia().FirstOrDefault(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var place = leading == default ? methods.GetFirstToken().SpanStart : leading.FullSpan.Start;
        if (SourceStyle.BeginsLine(text, place))
            draft.Insert(agent.Declaration.SyntaxTree, text.Lines.GetLineFromPosition(place).Start, style.Write(member, style.MemberIndent) + style.NewLine + style.NewLine);
        else
            draft.Replace(agent.Declaration.SyntaxTree, SourceStyle.SpacesBefore(text, place), style.NewLine + style.Write(member, style.MemberIndent) + style.NewLine + style.NewLine + style.MemberIndent);
    }

    private static string Compatibility(string name, string access, SeparatedSyntaxList<ParameterSyntax> parameters)
    {
        var declared = string.Join(", ", parameters.Select(parameter => parameter.ToString()));
        var arguments = string.Concat(parameters.Select(parameter => ", " + parameter.Identifier.Text));
        return $"/// <summary>{AgentDraft.OwnComment}</summary>\n[CompatibilityConstructor]\n{access} {name}({declared})\n    : this({Standalone}(\"{name}\"){arguments})\n{{\n}}";
    }

    private static async Task<bool> IsMadeByHandAsync(AgentCode agent, CancellationToken cancellationToken) =>
        await References.MakersOfAsync(agent.Type, agent.Solution, cancellationToken).ConfigureAwait(false) is [_, ..];

    private static IEnumerable<ConstructorDeclarationSyntax> Declared(AgentCode agent) => agent.Type.InstanceConstructors
        .SelectMany(constructor => constructor.DeclaringSyntaxReferences)
        .Select(part => part.GetSyntax())
        .OfType<ConstructorDeclarationSyntax>();

    private static bool IsUnusual(ParameterSyntax parameter) =>
        parameter.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword or SyntaxKind.ParamsKeyword);
}
