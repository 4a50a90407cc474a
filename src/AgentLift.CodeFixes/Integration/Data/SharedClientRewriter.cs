using System.Collections.Immutable;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using AgentLift.Core.Obstacles;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Data;

/// <summary>
/// AGL5002: a client that was made for each call becomes one that is made once and shared. An HttpClient keeps no cookies between calls and renews its
/// connections, as a new one did; others are made on first use, and again where that failed.
/// </summary>
internal sealed class SharedClientRewriter : IRewriter
{
    private static readonly string[] Requests =
        ["GetAsync", "GetStringAsync", "GetByteArrayAsync", "GetStreamAsync", "PostAsync", "PutAsync", "PatchAsync", "DeleteAsync", "SendAsync", "Send", "GetFromJsonAsync", "PostAsJsonAsync", "PutAsJsonAsync"];

    private static readonly string[] Closings = ["Dispose", "DisposeAsync", "Close", "CloseAsync"];

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.ConnectionPerCall];

    public string Title => "Share the clients of '{0}' between its calls";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = agent.EvidenceOf(Core.Rules.RuleIds.ConnectionPerCall).ToList();
        if (found.Count == 0)
            return Task.CompletedTask;
        var source = new AgentSource(agent);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var evidence in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Rewrite(source, draft, fields, evidence) is { } reason)
                draft.Refuse(evidence, reason);
        }

        return Task.CompletedTask;
    }

    /// <returns>Why the client stays; <see langword="null"/> where it is rewritten.</returns>
    private static string? Rewrite(AgentSource source, AgentDraft draft, Dictionary<string, string> fields, Evidence evidence)
    {
        if (evidence.Node.FirstAncestorOrSelf<ExpressionSyntax>(node => node is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax) is not { } creation)
            return "it is no plain construction";
        var type = source.TypeOf(creation);
        if (type is not INamedTypeSymbol { IsReferenceType: true } || creation.Parent is AwaitExpressionSyntax || type.Name.Contains("Task"))
            return "it is made asynchronously: make it once in OnStartingAsync, by hand";
        if (creation.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } around || !source.Parts.Contains(around))
            return "it stands in a nested type";
        var isHttp = type.ToDisplayString() == "System.Net.Http.HttpClient";
        if (Settings(source, creation, isHttp) is { } setting)
            return setting;
        if (UseOf(source, creation) is not { } use)
            return "it is not kept in a variable of its own";
        if (use.Reason is not null || UsesObstacle(source, use, isHttp) is not null)
            return use.Reason ?? UsesObstacle(source, use, isHttp);
        if (DraftEdits(source, use) is not { } edits)
            return "a comment or another statement stands where its disposal is taken out";
        var name = FieldFor(source, draft, fields, creation, type, isHttp);
        foreach (var edit in edits)
            draft.Replace(creation.SyntaxTree, edit.Span, edit.NewText!);
        draft.Replace(creation.SyntaxTree, creation.Span, isHttp ? name : $"LazyInitializer.EnsureInitialized(ref {name}, () => {Explicit(source, creation, type)})");
        if (!isHttp)
            draft.AddUsing(creation.SyntaxTree, "System.Threading", "LazyInitializer");
        return null;
    }

    // Only what is the same for each call may go into what all calls share.
    private static string? Settings(AgentSource source, ExpressionSyntax creation, bool isHttp)
    {
        var (arguments, initializer) = creation switch
        {
            BaseObjectCreationExpressionSyntax made => (made.ArgumentList, made.Initializer),
            InvocationExpressionSyntax call => (call.ArgumentList, null),
            _ => (null, null),
        };
        if (isHttp && arguments is { Arguments.Count: > 0 })
            return "it brings a handler of its own: share that first";
        foreach (var name in (arguments?.DescendantNodes() ?? []).Concat(initializer?.DescendantNodes() ?? []).OfType<SimpleNameSyntax>())
        {
            switch (source.SymbolOf(name))
            {
                case ILocalSymbol or IParameterSymbol:
                    return $"it is made with {name}, which each call has of its own";
                case IFieldSymbol { IsReadOnly: false, HasConstantValue: false } field:
                    return $"it is made with {field.Name}, which may change from call to call";
                case IPropertySymbol property when SymbolEqualityComparer.Default.Equals(property.ContainingType, source.Agent.Type) && property.SetMethod is not null:
                    return $"it is made with {property.Name}, which may change from call to call";
                case IFieldSymbol { IsStatic: false, HasConstantValue: false } field when isHttp:
                    return $"it is made with {field.Name}, which each agent has of its own";
                case IPropertySymbol { IsStatic: false } property when isHttp && SymbolEqualityComparer.Default.Equals(property.ContainingType, source.Agent.Type):
                    return $"it is made with {property.Name}, which each agent has of its own";
            }
        }

        return null;
    }

    private static ClientUse? UseOf(AgentSource source, ExpressionSyntax creation)
    {
        if (creation.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } direct && direct.Expression == creation)
            return new ClientUse(creation, null, null, [direct]);
        if (creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: { } statement } } declarator } || source.Declared(declarator) is not { } local)
            return null;
        var function = AgentSource.FunctionAround(creation)!;
        var names = function.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(source.SymbolOf(name), local)).ToList();
        var use = new ClientUse(creation, local, (StatementSyntax)statement, [.. names.Select(name => name.Parent).OfType<MemberAccessExpressionSyntax>().Where(access => access.Expression is IdentifierNameSyntax first && first.Identifier.ValueText == local.Name)]);
        if (use.Accesses.Count != names.Count)
            use = use with { Reason = $"{local.Name} is handed on" };
        return use;
    }

    private static string? UsesObstacle(AgentSource source, ClientUse use, bool isHttp)
    {
        foreach (var access in use.Accesses)
        {
            if (access.Parent is not InvocationExpressionSyntax)
                return $"{access.Name} is set or asked for each call: {access.Parent!.ToString().Split('\n')[0].Trim()}";
            if (isHttp && !Closings.Contains(access.Name.Identifier.ValueText) && !Requests.Contains(access.Name.Identifier.ValueText))
                return $"{access.Name} is called on it";
        }

        var calls = use.Accesses.Where(access => !Closings.Contains(access.Name.Identifier.ValueText)).ToList();
        if (!isHttp)
            return null;
        return calls.Count > 1 || calls.Any(call => IsInLoopWithin(call, use.Creation))
            ? "it sends several requests, which share cookies with each other and with nobody else"
            : null;
    }

    private static bool IsInLoopWithin(SyntaxNode call, SyntaxNode creation) => call.Ancestors().TakeWhile(node => !node.Contains(creation)).Any(node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax);

    /// <summary>The edits that leave the client open.</summary>
    private static List<TextChange>? DraftEdits(AgentSource source, ClientUse use)
    {
        var edits = new List<TextChange>();
        switch (use.Statement)
        {
            case null:
                break;
            case LocalDeclarationStatementSyntax local:
                if (local.UsingKeyword.RawKind != 0)
                    edits.Add(new TextChange(TextSpan.FromBounds(local.SpanStart, local.Declaration.SpanStart), string.Empty));
                break;
            case UsingStatementSyntax { Declaration: { } declaration } block:
                edits.AddRange(AsBlock(block, declaration, source.Agent.Style));
                break;
            default:
                return null;
        }

        if (use.Creation is ImplicitObjectCreationExpressionSyntax && use.Statement is null)
            return null;
        foreach (var closing in use.Accesses.Where(access => Closings.Contains(access.Name.Identifier.ValueText)))
        {
            if (closing.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax } statement || AgentSource.Awaited(statement.Expression) != closing.Parent)
                return null;
            edits.Add(new TextChange(Listeners.AnswerText.WholeLine(statement), string.Empty));
        }

        return edits;
    }

    // The variable lives in the block that it was disposed after.
    private static IEnumerable<TextChange> AsBlock(UsingStatementSyntax block, VariableDeclarationSyntax declaration, SourceStyle style)
    {
        var text = block.SyntaxTree.GetText();
        var indent = SourceStyle.IndentOf(text, block.SpanStart);
        var line = text.Lines.GetLineFromPosition(block.Statement.Span.End);
        var inner = block.Statement as BlockSyntax;
        var isBelow = SourceStyle.IndentOf(text, block.Statement.SpanStart).Length > indent.Length && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(block.Statement.Span.End, line.End)));
        var opening = inner is not null || isBelow ? $"{{{style.NewLine}{indent}{style.Unit}" : "{ ";
        yield return new TextChange(TextSpan.FromBounds(block.SpanStart, declaration.SpanStart), opening);
        yield return new TextChange(inner is null ? block.CloseParenToken.Span : TextSpan.FromBounds(block.CloseParenToken.SpanStart, inner.OpenBraceToken.Span.End), ";");
        if (inner is null)
            yield return new TextChange(new TextSpan(block.Statement.Span.End, 0), isBelow ? $"{style.NewLine}{indent}}}" : " }");
    }

    private static string FieldFor(AgentSource source, AgentDraft draft, Dictionary<string, string> fields, ExpressionSyntax creation, ITypeSymbol type, bool isHttp)
    {
        var text = Explicit(source, creation, type);
        if (fields.TryGetValue(text, out var name))
            return name;
        var wanted = isHttp ? "http" : char.ToLowerInvariant(type.Name[0]) + type.Name.Substring(1);
        var isUnderscored = source.Agent.UnderscoresFields;
        if (!isUnderscored && source.Parts.Any(part => TypeSource.Mentions(part, wanted)))
            wanted = "shared" + char.ToUpperInvariant(wanted[0]) + wanted.Substring(1);
        fields[text] = name = source.Agent.FreeName((isUnderscored ? "_" : string.Empty) + wanted, draft.NewNames);
        var typeName = type.ToMinimalDisplayString(source.ModelOf(source.Agent.Declaration), source.Agent.Declaration.OpenBraceToken.Span.End);
        if (isHttp)
        {
            var initializer = creation is BaseObjectCreationExpressionSyntax { Initializer: { } settings } ? " " + string.Join(" ", settings.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)) : string.Empty;
            draft.AddMember($"private static readonly {typeName} {name} = new(new SocketsHttpHandler {{ PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseCookies = false }}){initializer};");
            draft.AddUsing(source.Agent.Declaration.SyntaxTree, "System.Net.Http", "SocketsHttpHandler");
            draft.AddUsing(source.Agent.Declaration.SyntaxTree, "System", "TimeSpan");
            return name;
        }

        var isStatic = source.ModelOf(creation).GetEnclosingSymbol(creation.SpanStart) is { IsStatic: true } || IsInStatic(source, creation);
        var mark = source.ModelOf(creation).GetNullableContext(creation.SpanStart).AnnotationsEnabled() ? "?" : string.Empty;
        draft.AddMember($"private {(isStatic ? "static " : string.Empty)}{typeName}{mark} {name};");
        return name;
    }

    private static bool IsInStatic(AgentSource source, SyntaxNode node)
    {
        for (var around = source.ModelOf(node).GetEnclosingSymbol(node.SpanStart); around is not (null or INamedTypeSymbol); around = around.ContainingSymbol)
        {
            if (around.IsStatic)
                return true;
        }

        return false;
    }

    private static string Explicit(AgentSource source, ExpressionSyntax creation, ITypeSymbol type)
    {
        var text = creation.WithoutTrivia().ToString();
        return creation is ImplicitObjectCreationExpressionSyntax ? $"new {type.ToMinimalDisplayString(source.ModelOf(creation), creation.SpanStart)}{text.Substring("new".Length)}" : text;
    }

    /// <summary>How a client is used.</summary>
    /// <param name="Creation">What makes it.</param>
    /// <param name="Local">The variable that holds it; <see langword="null"/> where it is used at once.</param>
    /// <param name="Statement">The statement that declares it.</param>
    /// <param name="Accesses">All that is asked of it.</param>
    private sealed record ClientUse(ExpressionSyntax Creation, ISymbol? Local, StatementSyntax? Statement, IReadOnlyList<MemberAccessExpressionSyntax> Accesses)
    {
        public string? Reason { get; init; }
    }
}
