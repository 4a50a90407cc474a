using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Tells whether whoever makes an agent sets a member before anybody else has the agent.</summary>
internal static class SetByMakers
{
    public static bool IsBeforeHandedOn(MemberUse write)
    {
        if (write.Assignment is not { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment)
            return false;
        if (assignment.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax })
            return true;
        if (write.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax agent } || assignment.Parent is not ExpressionStatementSyntax statement)
            return false;

        // var twin = new TwinAgent(context); twin.Port = 5624; twin.Start();
        var name = agent.Identifier.ValueText;
        return StatementsAround(statement).TakeWhile(other => other != statement).Reverse().SkipWhile(other => OnlySets(other, name)).FirstOrDefault() is { } made
            && Makes(made, name)
            && OnlySets(statement, name);
    }

    private static IEnumerable<StatementSyntax> StatementsAround(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement),
        _ => [],
    };

    private static bool Makes(StatementSyntax statement, string name) =>
        statement is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables }
        && variables[0].Identifier.ValueText == name
        && variables[0].Initializer?.Value is BaseObjectCreationExpressionSyntax;

    private static bool OnlySets(StatementSyntax statement, string name) =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax } }
        && statement.DescendantNodes().OfType<IdentifierNameSyntax>().Where(used => used.Identifier.ValueText == name)
            .All(used => used.Parent is MemberAccessExpressionSyntax access && (access.Name == used || access.Parent is not InvocationExpressionSyntax));
}
