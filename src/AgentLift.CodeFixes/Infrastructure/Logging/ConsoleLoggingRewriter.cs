using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Logging;

/// <summary>AGL1004: a line that the agent writes to the console becomes a generated log method with a message template and a level.</summary>
internal sealed class ConsoleLoggingRewriter : IRewriter
{
    private const string Logging = "Microsoft.Extensions.Logging";

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.ConsoleLogging];

    public string Title => "Log through the logger of '{0}'";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var methods = new LogMethods(agent, draft);
        foreach (var evidence in agent.EvidenceOf(Core.Rules.RuleIds.ConsoleLogging))
        {
            if (Rewrite(agent, draft, methods, evidence) is { } reason)
                draft.Refuse(evidence, reason);
        }

        if (methods.Any)
        {
            draft.AddUsing(agent.Declaration.SyntaxTree, Logging, "LoggerMessageAttribute");
            if (methods.TakesExceptions)
                draft.AddUsing(agent.Declaration.SyntaxTree, "System", nameof(Exception));
            if (!agent.Declaration.Modifiers.Any(SyntaxKind.PartialKeyword) && agent.EvidenceOf(Core.Rules.RuleIds.NotABaseAgent).FirstOrDefault() is null)
                draft.Insert(agent.Declaration.SyntaxTree, agent.Declaration.Keyword.SpanStart, "partial ");
        }

        return Task.CompletedTask;
    }

    /// <returns>Why the place is left; <see langword="null"/> where it is rewritten.</returns>
    private static string? Rewrite(AgentCode agent, AgentDraft draft, LogMethods methods, Evidence evidence)
    {
        if (!draft.IsOnBaseAgent)
            return "the agent has no logger until it derives from BaseAgent";
        if (evidence.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call)
            return "it is no plain call";
        var model = agent.ModelOf(call);
        if (PlaceObstacle(agent, model, call) is { } obstacle)
            return obstacle;
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method || TemplateOf(call, method, model) is not { } template)
            return "what it writes is not put together from text and values in one place";
        if (method.Name is "Write" && !template.EndsLine)
            return "it writes a part of a line: write the whole line at once first";
        if (!template.Holes.Any() && template.Words.Trim().Length == 0)
            return "an empty line says nothing in a log: take it out";

        var error = CaughtBy(call, model);
        var exception = error is not null && template.Holes.Any(hole => Mentions(hole.Value, error, model) && hole.Value is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "StackTrace" }) ? error.Name : null;
        foreach (var hole in template.Holes.Where(hole => exception is not null && IsWhole(hole.Value, exception)).ToList())
            template.Remove(hole);
        if (exception is not null && !template.Holes.Any() && template.Words.Trim().Length == 0)
            template.Say(MemberAround(call) + " failed");
        if (template.Holes.Select(hole => model.GetTypeInfo(hole.Value).Type).Any(type => type is null or { TypeKind: TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer } or { IsRefLikeType: true }))
            return "a value that it writes has a type that a log method cannot take";

        var log = methods.For(template, LevelOf(call, method, template, error is not null), exception, model);
        return draft.TryReplace(call.SyntaxTree, call.Span, log) ? null : "a comment or another change stands in the way";
    }

    private static string? PlaceObstacle(AgentCode agent, SemanticModel model, InvocationExpressionSyntax call)
    {
        if (agent.Type.ContainingType is not null)
            return "the agent is nested, so that no log methods can be generated for it";
        if (call.Parent is not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax))
            return "it is a part of an expression";
        if (call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && !SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(type), agent.Type))
            return "it stands in a nested type, which has no logger";
        for (var symbol = model.GetEnclosingSymbol(call.SpanStart); symbol is not null and not INamedTypeSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.IsStatic)
                return $"{(symbol.Name.Length > 0 ? symbol.Name : "the function")} is static, and the agent's logger is not: give it the agent or the logger first";
            if (symbol is IFieldSymbol or IPropertySymbol)
                return "an initialiser runs before the agent has its logger";
        }

        return null;
    }

    private static MessageTemplate? TemplateOf(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Any(argument => argument.NameColon is not null || !argument.RefKindKeyword.IsKind(SyntaxKind.None)))
            return null;
        var values = arguments.Select(argument => argument.Expression).ToList();
        return (method.Name, values.Count) switch
        {
            ("WriteLine" or "Write" or "TraceInformation" or "TraceWarning" or "TraceError" or "Print", 1) when model.GetTypeInfo(values[0]).Type is not IArrayTypeSymbol => MessageTemplate.Of(values[0], model),
            ("WriteLine" or "Write" or "TraceInformation" or "TraceWarning" or "TraceError" or "Print", > 1) when method.Parameters[0] is { Name: "format", Type.SpecialType: SpecialType.System_String }
                && values.Skip(1).All(value => model.GetTypeInfo(value).Type is not IArrayTypeSymbol) => MessageTemplate.OfFormat(values[0], [.. values.Skip(1)], model),
            _ => null,
        };
    }

    private static string LevelOf(InvocationExpressionSyntax call, IMethodSymbol method, MessageTemplate template, bool inCatch)
    {
        if (method.ContainingType.Name == "Debug")
            return "Debug";
        if (method.Name is "TraceError" || inCatch || call.Expression.ToString().StartsWith("Console.Error", StringComparison.Ordinal))
            return "Error";
        if (method.Name is "TraceWarning" || template.Words.TrimStart('[', ' ', '*', '!').StartsWith("warn", StringComparison.OrdinalIgnoreCase))
            return "Warning";
        return "Information";
    }

    private static ILocalSymbol? CaughtBy(SyntaxNode call, SemanticModel model) =>
        call.Ancestors().TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax))
            .OfType<CatchClauseSyntax>().FirstOrDefault()?.Declaration is { } declaration && declaration.Identifier.ValueText.Length > 0
                ? model.GetDeclaredSymbol(declaration) as ILocalSymbol
                : null;

    // The exception, or all its text.
    private static bool IsWhole(ExpressionSyntax value, string exception) => value switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText == exception,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: nameof(ToString) } called } => IsWhole(called.Expression, exception),
        _ => false,
    };

    private static string MemberAround(SyntaxNode call) => call.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        { } member => member.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Identifier.ValueText,
        null => "it",
    };

    private static bool Mentions(ExpressionSyntax value, ISymbol symbol, SemanticModel model) =>
        value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, symbol));
}
