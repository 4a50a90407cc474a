using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.CoreLogic.Waiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>Finds the token that a place has, and hands one down to private methods that have none from all that call them.</summary>
internal sealed class TokenHandling(AgentSyntax code)
{
    private static readonly string[] Names = ["token", "stop", "stopToken", "agentStop", "cancellationToken"];

    /// <summary>What must be handed down for the places that were asked for.</summary>
    public HandedTokens Handed { get; } = new([], [], [], []);

    /// <summary>The name of the token at a place; <see langword="null"/> where none can come there.</summary>
    public string? At(SyntaxNode place, out string? reason)
    {
        reason = "no token is in reach there: give it a CancellationToken first";
        for (var function = AgentSyntax.FunctionAround(place); function is not null; function = AgentSyntax.FunctionAround(function))
        {
            if (function is MethodDeclarationSyntax known && Handed.Parameters.TryGetValue(known, out var handed))
                return handed;
            if (code.SymbolOfFunction(function) is not IMethodSymbol method)
                break;
            if (method.Parameters.LastOrDefault(parameter => parameter.Type.ToDisplayString() == "System.Threading.CancellationToken") is { } token)
                return token.Name == "_" ? Named(function, out reason) : Known(token, place, out reason);
            if (function is LambdaExpressionSyntax { AsyncKeyword.RawKind: 0 } lambda && EndpointAnswers.Is(code, lambda))
                return Answering(lambda);
            if (function is MethodDeclarationSyntax declaration)
                return HandTo(declaration, method, out reason);
        }

        return null;
    }

    private string? Known(IParameterSymbol token, SyntaxNode place, out string? reason)
    {
        var isKnown = SymbolEqualityComparer.Default.Equals(code.ModelOf(place).LookupSymbols(place.SpanStart, name: token.Name).FirstOrDefault(), token);
        reason = isKnown ? null : $"{token.Name} is not the token there, but something else of that name: name one of them otherwise";
        return isKnown ? token.Name : null;
    }

    // _ => Round() was given a token and did not want it.
    private string? Named(SyntaxNode function, out string? reason)
    {
        reason = "its token is called _: give it a name first";
        if (function is not LambdaExpressionSyntax lambda || lambda.DescendantNodes().OfType<ParameterSyntax>().FirstOrDefault(parameter => parameter.Identifier.ValueText == "_" && AgentSyntax.FunctionAround(parameter) == lambda) is not { } unnamed)
            return null;
        if (!Handed.Lambdas.TryGetValue(unnamed, out var name))
            Handed.Lambdas[unnamed] = name = FreeName(lambda.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)lambda);
        return name;
    }

    private string Answering(ExpressionSyntax answer)
    {
        if (!Handed.Answers.TryGetValue(answer, out var name))
            Handed.Answers[answer] = name = FreeName(answer.FirstAncestorOrSelf<MemberDeclarationSyntax>()!);
        return name;
    }

    private string? HandTo(MethodDeclarationSyntax function, IMethodSymbol method, out string? reason)
    {
        reason = $"no token is in reach of {method.Name}: give it a CancellationToken first";
        if (method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private, PartialDefinitionPart: null, PartialImplementationPart: null, ExplicitInterfaceImplementations.IsEmpty: true }
            || function.ParameterList.Parameters.Any(parameter => parameter.Default is not null || parameter.Modifiers.Count > 0))
        {
            return null;
        }

        if (ParameterObstacle(method) is { } obstacle)
        {
            reason = obstacle;
            return null;
        }

        var name = Handed.Parameters[function] = FreeName(function);
        foreach (var reference in code.ReferencesTo(method))
        {
            if (EndpointAnswers.Is(code, code.Whole(reference)))
            {
                Answering(code.Whole(reference));
                continue;
            }

            if (AgentSyntax.CallOf(reference) is not { } call)
            {
                reason = $"{method.Name} is handed on as a delegate, which brings it no token: give it a CancellationToken first";
                return null;
            }

            if (At(call, out var above) is not { } token)
            {
                reason = above;
                return null;
            }

            Handed.Calls[call] = token;
        }

        reason = null;
        return name;
    }

    private string? ParameterObstacle(IMethodSymbol method)
    {
        if (method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other => other.Parameters.Length == method.Parameters.Length + 1 && other.Parameters.Last().Type.Name == nameof(CancellationToken)
            && other.Parameters.Zip(method.Parameters, (one, own) => SymbolEqualityComparer.Default.Equals(one.Type, own.Type)).All(same => same)))
        {
            return $"{method.Name} has an overload that takes a CancellationToken: call that one";
        }

        return code.Parts.Any(part => part.DescendantNodes(descendIntoTrivia: true).OfType<NameMemberCrefSyntax>().Any(cref => cref.Parameters is not null && cref.Name.GetFirstToken().ValueText == method.Name))
            ? $"a comment names {method.Name} with its parameters, which would get a token more: name it without them first"
            : code.TypedCallObstacle(method);
    }

    private string FreeName(SyntaxNode around) => Names.Concat(Enumerable.Range(2, int.MaxValue - 2).Select(number => $"token{number}")).First(name => !AgentSyntax.Mentions(around, name) && !code.Agent.Type.MemberNames.Contains(name));
}
