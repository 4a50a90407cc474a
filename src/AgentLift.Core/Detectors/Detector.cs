using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Detectors;

/// <summary>What all detectors share: their rule, and how they state a finding.</summary>
internal abstract class Detector(string ruleId) : IDetector
{
    private readonly Rule rule = RuleTable.Get(ruleId);

    public string RuleId => rule.Id;

    public abstract void Detect(AgentSubject agent, List<Evidence> found);

    /// <summary>A finding at an operation; the message names the operation's symbol or text.</summary>
    protected Evidence At(IOperation operation, ISymbol symbol, params string[] messageArguments) =>
        At(operation.Syntax.GetLocation(), symbol, messageArguments);

    protected Evidence At(Location location, ISymbol symbol, params string[] messageArguments) =>
        new(rule, location, symbol, messageArguments.Length == 0 ? [symbol.Name] : [.. messageArguments]);

    /// <summary>A finding at a symbol's own identifier.</summary>
    protected Evidence At(ISymbol symbol, params string[] messageArguments) => At(HandWritten.LocationOf(symbol), symbol, messageArguments);
}
