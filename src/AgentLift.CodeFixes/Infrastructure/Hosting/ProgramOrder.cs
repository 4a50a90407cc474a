using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>Whether what a program does stands in an order that a host can keep: set up, start, wait, stop.</summary>
internal static class ProgramOrder
{
    /// <returns>Why it does not; <see langword="null"/> where it does.</returns>
    public static string? Obstacle(HostProgram program)
    {
        var all = program.Agents.Select(agent => agent.Type).Concat(program.Launches.All.Select(launch => launch.Type));
        if (all.GroupBy(type => type, SymbolEqualityComparer.Default).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return $"the program makes more than one {twice.Key!.Name}, and a host runs one agent of a name";
        return StartObstacle(program) ?? EndObstacle(program);
    }

    private static string? StartObstacle(HostProgram program)
    {
        var firstStart = program.FirstStart;
        for (var i = firstStart + 1; i < program.LastStart; i++)
        {
            if (program.Roles[i] is StatementRole.Wait or StatementRole.Stop)
                return "an agent is started after the program has begun to wait or to stop";
            if (program.Roles[i] == StatementRole.Other && !program.IsTransparent(i) && !SetsUp(program, i))
                return $"'{ProgramCalls.Shown(program.Entry.Statements[i])}' stands between the starts of two agents";
            if (program.Roles[i] == StatementRole.Make && program.Agents.Find(agent => agent.Index == i) is { } late && ConstructionObstacle(late.Type) is { } reason)
                return reason;
        }

        return program.StartsSeveral ? program.Launches.All.Select(launch => ConstructionObstacle(launch.Type)).FirstOrDefault(reason => reason is not null) : null;
    }

    private static string? EndObstacle(HostProgram program)
    {
        for (var i = program.LastStart + 1; i < program.Entry.Statements.Count; i++)
        {
            var statement = program.Entry.Statements[i];
            if (program.Roles[i] == StatementRole.Stop && program.Wait >= 0 && i < program.Wait)
                return "an agent is stopped before the program waits";
            if (program.Roles[i] != StatementRole.Other || program.IsTransparent(i))
                continue;
            if (program.Wait < 0)
                return $"the program does not wait for an end, and goes on with '{ProgramCalls.Shown(statement)}'";
            if (i > program.Wait && program.Roles.Skip(i).Contains(StatementRole.Stop))
                return $"'{ProgramCalls.Shown(statement)}' stands between the wait and the stop of the agents";
            if (i < program.Wait && program.Waiting.ReadsConsole(statement))
                return $"'{ProgramCalls.Shown(statement)}' talks with a person while the agents run";
        }

        return program.Wait < 0 && Array.IndexOf(program.Roles, StatementRole.Stop) is >= 0 and var stop
            ? $"the program waits for nothing before '{ProgramCalls.Shown(program.Entry.Statements[stop])}'"
            : null;
    }

    // tutor.Port = 5; for an agent that is made and not yet started.
    private static bool SetsUp(HostProgram program, int index)
    {
        if (program.Entry.Statements[index] is not ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax, Right: var value } } statement)
            return false;
        var named = program.AgentsIn(statement).ToList();
        return named is [var only] && !value.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any()
            && Enumerable.Range(index + 1, program.LastStart - index).Any(later => program.Roles[later] == StatementRole.Start && program.CallOn(program.Entry.Statements[later]).Agent == only);
    }

    // The host makes all agents before it starts the first.
    private static string? ConstructionObstacle(INamedTypeSymbol late)
    {
        foreach (var part in late.DeclaringSyntaxReferences)
        {
            var places = part.GetSyntax().ChildNodes().Where(node => node is ConstructorDeclarationSyntax or FieldDeclarationSyntax { Declaration: not null } or PropertyDeclarationSyntax { Initializer: not null });
            if (places.SelectMany(place => place.DescendantNodes()).OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && name.StartsWith("Connect", StringComparison.Ordinal)))
                return $"{late.Name} is made after another agent was started, and connects to somebody in its constructor";
        }

        return null;
    }
}
