using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>Writes agents that a program starts deeper than in its body as registrations, where they stood.</summary>
internal sealed class LaunchWriter(HostProgram program, AgentDraft draft, string builder)
{
    /// <summary>Adds the edits to the draft.</summary>
    /// <returns>Why it cannot; <see langword="null"/> where it did.</returns>
    public string? Write()
    {
        foreach (var launch in program.Launches.All)
        {
            if ((launch.Statements.Count > 0 ? Write(launch) : WriteChosen(launch)) is { } reason)
                return reason;
        }

        foreach (var choice in program.Launches.Choices)
            Write(choice);

        foreach (var call in program.Launches.Calls)
            Write(call);
        foreach (var function in program.Launches.Sources.OfType<LaunchFunction>())
            Write(function);
        foreach (var table in program.Launches.Sources.OfType<AgentTable>())
            Write(table);
        return null;
    }

    private string? Write(Launch launch)
    {
        var (text, reason) = Registration(launch);
        if (text is null)
            return reason;
        var (first, last) = (launch.Statements[0], launch.Statements[launch.Statements.Count - 1]);
        var lines = launch.Statements.Except(launch.SetUp).SelectMany(statement => Comments(statement, first)).Concat([text]);
        if (launch.Return is { } exit && LeaveText(exit) is { } leave)
            lines = lines.Concat([leave]);
        var source = first.SyntaxTree.GetText();
        var style = new SourceStyle(program.Style.NewLine, string.Empty, program.Style.Unit);
        var written = style.Write(string.Join("\n", lines), SourceStyle.IndentOf(source, first.SpanStart));
        draft.Replace(first.SyntaxTree, TextSpan.FromBounds(first.SpanStart, last.Span.End), written.TrimStart());
        return null;
    }

    // One of a choice: its construction alone becomes its registration.
    private string? WriteChosen(Launch launch)
    {
        var (text, reason) = Registration(launch);
        if (text is not null)
            draft.Replace(launch.Value.SyntaxTree, launch.Value.Span, text.TrimEnd(';'));
        return reason;
    }

    private void Write(AgentChoice choice)
    {
        var tree = choice.Value.SyntaxTree;
        var indent = SourceStyle.IndentOf(tree.GetText(), choice.Span.Start);
        var leave = choice.Return is { } exit && LeaveText(exit) is { } text ? program.Style.NewLine + indent + text : string.Empty;
        draft.Replace(tree, TextSpan.FromBounds(choice.Span.Start, choice.Value.SpanStart), choice.Value is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax ? string.Empty : "_ = ");
        if (choice.IsStatement)
            draft.Replace(tree, TextSpan.FromBounds(choice.Value.Span.End, choice.Span.End), ";" + leave);
    }

    private (string? Text, string? Reason) Registration(Launch launch)
    {
        var constructions = new List<(TextSpan Span, AgentConstruction Construction)>();
        foreach (var creation in launch.Creations)
        {
            var (construction, reason) = AgentConstruction.Read(program.Entry, creation, launch.TypeText);
            if (construction is null)
                return (null, reason);
            constructions.Add((creation.Span, construction));
        }

        var services = constructions.Exists(item => item.Construction.Services == "services") ? "services" : "_";
        if (services == "services" && !constructions.TrueForAll(item => item.Construction.IsPlain))
            draft.AddUsing(program.Entry.Tree, "Microsoft.Extensions.DependencyInjection");
        if (launch.SetUp.Count == 0 && constructions is [var only])
            return (only.Construction.IsPlain ? $"{builder}.AddAgent<{launch.TypeText}>();" : $"{builder}.AddAgent(({services}, context) => {only.Construction.Text});", null);
        var value = SourceText.From(launch.Value.ToString())
            .WithChanges(constructions.Select(item => new TextChange(new TextSpan(item.Span.Start - launch.Value.SpanStart, item.Span.Length), item.Construction.Text))).ToString();
        if (launch.SetUp.Count == 0)
            return ($"{builder}.AddAgent(({services}, context) => {value});", null);
        var name = launch.Local!.Name;
        var setUp = launch.SetUp.SelectMany(statement => Comments(statement, null).Append(statement.ToString())).Select(line => $"    {line}\n");
        return ($"{builder}.AddAgent(({services}, context) =>\n{{\n    var {name} = {value};\n{string.Concat(setUp)}    return {name};\n}});", null);
    }

    // Comments above the first statement stay where they are.
    private static IEnumerable<string> Comments(StatementSyntax statement, StatementSyntax? first) =>
        (statement == first ? statement.DescendantTrivia() : statement.GetLeadingTrivia().Concat(statement.DescendantTrivia())).Concat(statement.GetTrailingTrivia())
        .Where(trivia => (statement != first || trivia.SpanStart >= statement.SpanStart) && trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
        .Select(trivia => trivia.ToString()).Distinct();

    // A return that handed the agent out still ends its branch.
    private static string? LeaveText(ReturnStatementSyntax exit)
    {
        var leave = (string?)null;
        for (SyntaxNode node = exit; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case BlockSyntax { Parent: LocalFunctionStatementSyntax or MethodDeclarationSyntax } body:
                    return body.Statements.Last() == node ? leave : "return;";
                case BlockSyntax block when block.Statements.Last() == node:
                case IfStatementSyntax or ElseClauseSyntax or SwitchStatementSyntax:
                    break;
                case SwitchSectionSyntax section when section.Statements.Last() == node && node is ReturnStatementSyntax or BlockSyntax:
                    leave = "break;";
                    break;
                default:
                    return "return;";
            }
        }

        return "return;";
    }

    private void Write(LaunchCall call)
    {
        if (call.Statement is null)
        {
            draft.Insert(call.Call.SyntaxTree, call.Call.ArgumentList.OpenParenToken.Span.End, builder + (call.Call.ArgumentList.Arguments.Count > 0 ? ", " : string.Empty));
            return;
        }

        var arguments = string.Join(", ", call.Call.ArgumentList.Arguments.Select(argument => argument.ToString()).Prepend(builder));
        draft.Replace(call.Statement.SyntaxTree, call.Statement.Span, $"{call.Call.Expression}({arguments});");
    }

    private void Write(AgentTable table)
    {
        foreach (var type in table.FactoryTypes)
            draft.Replace(type.SyntaxTree, type.Span, "Action<IHostApplicationBuilder>");
        foreach (var factory in table.Entries)
            draft.Replace(factory.SyntaxTree, factory.ParameterList.Span, builder);
    }

    private void Write(LaunchFunction function)
    {
        var first = function.Parameters.OpenParenToken.Span.End;
        draft.Insert(program.Entry.Tree, first, $"IHostApplicationBuilder {builder}{(function.Parameters.Parameters.Count > 0 ? ", " : string.Empty)}");
        if (!function.Function.ReturnsVoid)
            draft.Replace(program.Entry.Tree, function.ReturnType.Span, "void");
    }
}
