global using static AgentLift.Core.Rules.RuleIds;
