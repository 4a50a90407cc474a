using AgentLift.CodeFixes.Infrastructure.Hosting;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>The one constructor of an agent, which is to take the manager of its models.</summary>
internal sealed class ManagerDependency
{
    private readonly ParameterListSyntax parameters;
    private readonly ConstructorDeclarationSyntax? constructor;
    private readonly string parameter;

    private ManagerDependency(AgentSource source, ParameterListSyntax parameters, string manager)
    {
        this.parameters = parameters;
        constructor = parameters.Parent as ConstructorDeclarationSyntax;
        Manager = manager;
        parameter = FreeName(constructor is null ? [.. source.Parts] : [constructor]);
        if (constructor is not null && source.Agent.UnderscoresFields)
            Field = "_" + parameter;
        else
            Field = parameter;
    }

    /// <summary>The name of the manager's class.</summary>
    public string Manager { get; }

    /// <summary>What the agent calls the manager.</summary>
    public string Field { get; private set; }

    /// <summary>Whether the agent needs a field for it; a primary constructor's parameter is one.</summary>
    public bool NeedsField => constructor is not null;

    /// <returns>The constructor, or why there is none.</returns>
    public static async Task<(ManagerDependency? Dependency, string? Obstacle)> FindAsync(AgentSource source, AgentDraft draft, CancellationToken cancellationToken)
    {
        var type = source.Agent.Type;
        var manager = (type.Name.EndsWith("Agent", StringComparison.Ordinal) && type.Name.Length > "Agent".Length ? type.Name.Substring(0, type.Name.Length - "Agent".Length) : type.Name) + "Models";
        if (!source.Agent.IsOnBaseAgent)
            return (null, "nobody hands the agent a manager of models until it derives from BaseAgent");
        if (type.ContainingType is not null || type.IsGenericType)
            return (null, $"{type.Name} is nested or generic, so that no manager can stand beside it");
        if (type.ContainingNamespace.GetTypeMembers(manager).Length > 0)
            return (null, $"there is a class {manager} already: declare the models there by hand");
        if (type.InstanceConstructors.Any(AgentConstruction.IsCompatibility))
            return (null, $"{type.Name} is also made by hand, where nobody has a manager of models: let the host make it first");
        if (type.InstanceConstructors is not [{ DeclaringSyntaxReferences: [var part] } only] || ParametersOf(await part.GetSyntaxAsync(cancellationToken).ConfigureAwait(false)) is not { Parameters.Count: > 0 } list)
            return (null, "there is not one constructor with a body that could take a manager of models");
        if (await References.CallsOfAsync(only, source.Agent.Solution, cancellationToken).ConfigureAwait(false) is [_, ..])
            return (null, $"{type.Name} is also made elsewhere, where nobody has a manager of models: let the host make it by AddAgent<{type.Name}>() first");

        var dependency = new ManagerDependency(source, list, manager);
        if (dependency.NeedsField)
            dependency.Field = source.Agent.FreeName(dependency.Field, draft.NewNames);
        return (dependency, null);
    }

    /// <summary>Hands the manager in and keeps it.</summary>
    public IEnumerable<(SyntaxTree Tree, TextChange Change)> Edits()
    {
        var tree = parameters.SyntaxTree;
        yield return (tree, new TextChange(new TextSpan(parameters.Parameters[0].Span.End, 0), $", {Manager} {parameter}"));
        if (constructor is null)
            yield break;
        var body = constructor.Body!;
        var style = SourceStyle.Of((TypeDeclarationSyntax)constructor.Parent!, tree.GetText());
        var kept = $"{(Field == parameter ? "this." : string.Empty)}{Field} = {parameter};";
        yield return (tree, new TextChange(new TextSpan(body.OpenBraceToken.Span.End, 0), $"{style.NewLine}{style.MemberIndent}{style.Unit}{kept}"));
    }

    /// <summary>Documents the manager where the other parameters are documented.</summary>
    public void Document(AgentDraft draft) =>
        Infrastructure.ParameterDocumentation.Insert(draft, (MemberDeclarationSyntax)parameters.Parent!, parameter, "The models of the agent.");

    private static ParameterListSyntax? ParametersOf(SyntaxNode declaration) => declaration switch
    {
        ConstructorDeclarationSyntax { Body: { } body, ParameterList: var list } when OnSeveralLines(body) => list,
        ClassDeclarationSyntax { ParameterList: { } list } => list,
        _ => null,
    };

    private static bool OnSeveralLines(BlockSyntax body)
    {
        var lines = body.SyntaxTree.GetText().Lines;
        return lines.IndexOf(body.OpenBraceToken.SpanStart) != lines.IndexOf(body.CloseBraceToken.SpanStart);
    }

    private static string FreeName(IReadOnlyList<SyntaxNode> code)
    {
        var names = new HashSet<string>(code.SelectMany(node => node.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
        var name = "models";
        for (var i = 2; names.Contains(name); i++)
            name = "models" + i;
        return name;
    }
}
