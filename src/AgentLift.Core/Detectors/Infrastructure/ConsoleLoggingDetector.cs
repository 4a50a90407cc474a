using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1004: Console, Trace or Debug as the agent's log.</summary>
internal sealed class ConsoleLoggingDetector() : Detector(RuleIds.ConsoleLogging)
{
    private static readonly string[] AnswerWords = ["usage", "help", "banner"];

    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var call in agent.Facts.Calls)
        {
            if (Sink(agent, call.Operation) is { } sink && !IsAnswerToUser(agent, call))
                found.Add(At(call.Operation, call.Scope.Function, call.Scope.Function.Name is { Length: > 0 } name ? name : agent.Type.Name, sink));
        }
    }

    private static string? Sink(AgentSubject agent, IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        var writes = name.StartsWith("Write", StringComparison.Ordinal);
        return agent.Knowledge.Known(call.TargetMethod.ContainingType) switch
        {
            KnownType.Console when writes && !agent.Settings.ConsoleIsOutput => "the console",
            KnownType.TextWriter when writes && !agent.Settings.ConsoleIsOutput && IsConsoleWriter(agent, call) => "the console",
            KnownType.Trace when writes || name.StartsWith("Trace", StringComparison.Ordinal) => "Trace",
            KnownType.Debug when writes || name == "Print" => "Debug",
            _ => null,
        };
    }

    // What a program says of itself, or before it exits, is its output and no log: usage, a wrong argument.
    private static bool IsAnswerToUser(AgentSubject agent, Fact<IInvocationOperation> call) =>
        TypeNames.HasWord(call.Scope.Function.Name, AnswerWords)
        || (call.Scope.Function is IMethodSymbol { Name: "Main" or "<Main>$" } && LeavesProgram(agent, BlockAround(call.Operation)));

    private static IBlockOperation? BlockAround(IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is not (null or IBlockOperation))
            parent = parent.Parent;
        return parent as IBlockOperation;
    }

    private static bool LeavesProgram(AgentSubject agent, IBlockOperation? block) =>
        block is { Operations: { Length: > 0 } statements, Parent: IConditionalOperation or ISwitchCaseOperation or ILoopOperation }
        && statements[statements.Length - 1] switch
        {
            IReturnOperation => true,
            IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Exit" } exit } } => agent.Knowledge.Known(exit.ContainingType) == KnownType.Environment,
            _ => false,
        };

    private static bool IsConsoleWriter(AgentSubject agent, IInvocationOperation call) =>
        call.Instance?.Unwrapped() is IPropertyReferenceOperation { Property: { Name: "Out" or "Error", ContainingType: { } owner } }
        && agent.Knowledge.Known(owner) == KnownType.Console;
}
