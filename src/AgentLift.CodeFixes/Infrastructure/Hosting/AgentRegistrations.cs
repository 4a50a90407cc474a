using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>Finds where programs register an agent with a host.</summary>
internal static class AgentRegistrations
{
    /// <summary>Each call of <c>AddAgent</c> for the agent, with its class as it is named there.</summary>
    public static async Task<IReadOnlyList<(InvocationExpressionSyntax Call, TypeSyntax Agent, SemanticModel Model)>> FindAsync(AgentCode agent, CancellationToken cancellationToken)
    {
        var calls = new List<(InvocationExpressionSyntax Call, TypeSyntax Agent, SemanticModel Model)>();
        foreach (var reference in await References.FindAsync(agent.Type, agent.Solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (var place in reference.Locations)
            {
                var root = await place.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
                var model = await place.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
                if (root!.FindNode(place.Location.SourceSpan, getInnermostNodeForTie: true) is TypeSyntax name && CallAround(agent, name, model!) is { } call)
                    calls.Add((call, name, model!));
            }
        }

        return calls;
    }

    /// <summary>The statement that a call is, with the host that it is called on; <see langword="null"/> where no statement can stand before it.</summary>
    public static (StatementSyntax Statement, IdentifierNameSyntax Builder)? StatementOf(InvocationExpressionSyntax call) =>
        call is { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax builder }, Parent: ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax } statement }
            ? (statement, builder)
            : null;

    // builder.AddAgent<T>(), or builder.AddAgent((services, context) => new T(...)).
    private static InvocationExpressionSyntax? CallAround(AgentCode agent, TypeSyntax name, SemanticModel model) => name.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault(call =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "AddAgent", ContainingType.Name: "AgentHostingExtensions", TypeArguments: [var registered] }
        && registered.ToDisplayString() == agent.Type.ToDisplayString());
}
