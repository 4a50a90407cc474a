using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Logging;

/// <summary>The log methods that an agent gets; one for all lines that say the same with values of the same types.</summary>
internal sealed class LogMethods(AgentCode agent, AgentDraft draft)
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    public bool Any { get; private set; }

    public bool TakesExceptions { get; private set; }

    /// <summary>The call that says a line.</summary>
    /// <param name="template">The line.</param>
    /// <param name="level">Its level.</param>
    /// <param name="exception">The exception that it tells of, if it does.</param>
    /// <param name="model">Knows the types of its values.</param>
    public string For(MessageTemplate template, string level, string? exception, SemanticModel model)
    {
        var names = Names(template, exception);
        var message = template.Write(hole => LogNames.Pascal(names[hole]));
        var arguments = template.Holes.Select(hole => Unwrapped(hole.Value).ToString());
        arguments = exception is null ? arguments : arguments.Prepend(exception);
        Any = true;

        // The platform's generator writes a backslash into its own source as it is, where it begins an escape sequence.
        if (message.Contains('\\'))
            return Direct(message, level, exception, [.. template.Holes.Select(hole => Unwrapped(hole.Value).ToString())]);
        var parameters = template.Holes.Select(hole => (Type: TypeOf(hole.Value, model), Name: LogNames.Escaped(names[hole]))).ToList();
        if (exception is not null)
            parameters.Insert(0, ("Exception", "exception"));
        TakesExceptions |= exception is not null;
        var key = $"{level} {message} {string.Join(", ", parameters.Select(parameter => parameter.Type))}";
        if (!known.TryGetValue(key, out var method))
        {
            known[key] = method = agent.FreeName(LogNames.MethodFor(template.Words, [.. template.Holes.Select(hole => names[hole])]), draft.NewNames);
            draft.AddMember(
                $"[LoggerMessage({Level}.{level}, {SymbolDisplay.FormatLiteral(message, quote: true)})]\n"
                + $"private partial void {method}({string.Join(", ", parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"))});");
        }

        return $"{method}({string.Join(", ", arguments)})";
    }

    // The agent may know another type of that name.
    private string Level => agent.ModelOf(agent.Declaration).LookupNamespacesAndTypes(agent.Declaration.OpenBraceToken.Span.End, name: "LogLevel").All(IsOfPlatform) ? "LogLevel" : "Microsoft.Extensions.Logging.LogLevel";

    private static bool IsOfPlatform(ISymbol type) => type.ContainingNamespace?.ToDisplayString() == "Microsoft.Extensions.Logging";

    private static string Direct(string message, string level, string? exception, IEnumerable<string> values)
    {
        var arguments = values.Prepend(SymbolDisplay.FormatLiteral(message, quote: true));
        return $"Logger.Log{level}({string.Join(", ", exception is null ? arguments : arguments.Prepend(exception))})";
    }

    private static Dictionary<TemplateHole, string> Names(MessageTemplate template, string? exception)
    {
        var names = new Dictionary<TemplateHole, string>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "logger" };
        if (exception is not null)
            taken.Add("exception");
        foreach (var hole in template.Holes)
        {
            var wanted = LogNames.ParameterFor(hole.Value);
            var name = wanted;
            for (var i = 2; !taken.Add(name); i++)
                name = wanted + i;
            names[hole] = name;
        }

        return names;
    }

    private string TypeOf(ExpressionSyntax value, SemanticModel model)
    {
        var info = model.GetTypeInfo(value);
        var type = info.Type!;
        if (type.IsAnonymousType || IsOfMethod(type))
            return info.Nullability.FlowState == NullableFlowState.MaybeNull ? "object?" : "object";
        if (info.Nullability.FlowState == NullableFlowState.NotNull)
            type = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        else if (info.Nullability.FlowState == NullableFlowState.MaybeNull && type.IsReferenceType)
            type = type.WithNullableAnnotation(NullableAnnotation.Annotated);
        return type.ToMinimalDisplayString(agent.ModelOf(agent.Declaration), NullableFlowState.None, agent.Declaration.OpenBraceToken.Span.End);
    }

    // A type parameter of a method is not known where its log method stands.
    private static bool IsOfMethod(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => parameter.TypeParameterKind == TypeParameterKind.Method,
        INamedTypeSymbol named => named.TypeArguments.Any(IsOfMethod),
        IArrayTypeSymbol array => IsOfMethod(array.ElementType),
        _ => false,
    };

    private static ExpressionSyntax Unwrapped(ExpressionSyntax value) => value is ParenthesizedExpressionSyntax inner ? Unwrapped(inner.Expression) : value;
}
