using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Facts;
using AgentLift.Core.Obstacles.Endpoints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Endpoints;

/// <summary>Makes endpoints that stand as literals in calls settings of the agent. The same value of the same kind is one setting.</summary>
internal sealed class EndpointLiterals
{
    private readonly AgentSource source;
    private readonly AgentDraft draft;
    private readonly HashSet<VariableDeclaratorSyntax> moved = [];
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> wanted;

    /// <param name="source">The agent.</param>
    /// <param name="draft">Its edits.</param>
    /// <param name="calls">All calls whose endpoints may become settings: what one is called depends on the others.</param>
    public EndpointLiterals(AgentSource source, AgentDraft draft, IEnumerable<SyntaxNode> calls)
    {
        this.source = source;
        this.draft = draft;
        wanted = calls.Select(WholeOf).OfType<ExpressionSyntax>().Where(whole => EndpointPlace.HasAgent(source, whole))
            .SelectMany(whole => ValuesOf(whole).Select(value => (Key: KeyOf(value.Literal, value.Kind), Name: NameFor(whole, value.Kind))))
            .GroupBy(value => value.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal);
    }

    /// <returns>Why the call stays; <see langword="null"/> where it is rewritten.</returns>
    public string? Rewrite(SyntaxNode call)
    {
        if (WholeOf(call) is not { } whole)
            return "it is no plain call";
        var values = ValuesOf(whole);
        if (values.Count == 0)
            return "its endpoint is put together from several parts";
        if (EndpointInitialiser.Around(source, whole) is { } initialiser)
        {
            if (moved.Add(initialiser.Variable))
                initialiser.MoveToConstructors(source, draft, [.. initialiser.Value.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>()
                    .Select(literal => (literal, KindOf(literal))).Where(one => one.Item2 is not null).Select(one => (one.literal, Property(one.literal, one.Item2!, NameFor(one.literal, one.Item2!))))]);
            return null;
        }

        foreach (var (literal, kind) in values)
        {
            var name = wanted[KeyOf(literal, kind)];
            if (wanted.Values.Count(other => other == name) > 1)
                return $"several endpoints would all be called {name}: keep each in a field that says what it is for";
        }

        foreach (var (literal, kind) in values)
            draft.Replace(literal.SyntaxTree, literal.Span, Property(literal, kind, wanted[KeyOf(literal, kind)]));
        return null;
    }

    private static ExpressionSyntax? WholeOf(SyntaxNode call) => call.FirstAncestorOrSelf<ExpressionSyntax>(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);

    private List<(LiteralExpressionSyntax Literal, string Kind)> ValuesOf(ExpressionSyntax whole) => [.. whole.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax).OfType<LiteralExpressionSyntax>()
        .Select(literal => (Literal: literal, Kind: KindOf(literal)!)).Where(one => one.Kind is not null)];

    private static string KeyOf(LiteralExpressionSyntax literal, string kind) => kind + " " + literal.Token.ValueText;

    private string Property(LiteralExpressionSyntax literal, string kind, string name)
    {
        var key = KeyOf(literal, kind);
        if (known.TryGetValue(key, out var property))
            return property;
        known[key] = property = source.Agent.FreeName(name, draft.NewNames);
        var type = literal.IsKind(SyntaxKind.NumericLiteralExpression) ? "int" : "string";
        draft.AddMember($"private {type} {property} => {HardCodedEndpointRewriter.Read(SettingNames.For(property), literal)};");
        return property;
    }

    private static string NameFor(SyntaxNode call, string kind) => Prefix(call) is var prefix && prefix.EndsWith(kind, StringComparison.Ordinal) ? prefix : prefix + kind;

    // Named for what asks for it: RegisterPort, FetchUrl, PeersPort.
    private static string Prefix(SyntaxNode call) => AgentSource.MemberAround(call) is FieldDeclarationSyntax field ? SettingNames.For(field.Declaration.Variables[0].Identifier.ValueText) : AgentSource.MemberAround(call) is MethodDeclarationSyntax { Identifier.ValueText: not ("OnStartingAsync" or "Start" or "Run" or "Main") and var name }
        ? name.EndsWith("Async", StringComparison.Ordinal) && name.Length > "Async".Length ? name.Substring(0, name.Length - "Async".Length) : name
        : string.Empty;

    private string? KindOf(LiteralExpressionSyntax literal)
    {
        if (literal.Parent is not ArgumentSyntax { Parent: BaseArgumentListSyntax { Parent: { } call } } argument)
            return literal.Parent is InitializerExpressionSyntax && EndpointText.LooksLikeEndpoint(literal.Token.ValueText) ? "Url" : null;
        var parameter = source.ModelOf(argument).GetOperation(argument) is Microsoft.CodeAnalysis.Operations.IArgumentOperation given ? given.Parameter?.Name ?? string.Empty : string.Empty;
        if (literal.IsKind(SyntaxKind.NumericLiteralExpression))
            return parameter.IndexOf("port", StringComparison.OrdinalIgnoreCase) >= 0 && literal.Token.Value is > 0 ? "Port" : null;
        if (!literal.IsKind(SyntaxKind.StringLiteralExpression) || literal.Token.ValueText.Trim().Length == 0)
            return null;
        return parameter switch
        {
            "connectionString" or "nameOrConnectionString" => "ConnectionString",
            "configuration" => "Connection",
            "hostname" or "host" or "ipString" => "Host",
            _ when !EndpointText.LooksLikeEndpoint(literal.Token.ValueText) => null,
            _ => EndpointText.IsUrl(literal.Token.ValueText) ? "Url" : EndpointText.IsConnectionString(literal.Token.ValueText) ? "ConnectionString" : "Host",
        };
    }
}
