using System.CommandLine;
using AgentLift.Core.Rules;
using AgentLift.Migration.Migrating;

namespace AgentLift.Cli.Commands;

/// <summary>The options that <c>plan</c> and <c>migrate</c> share: who, how far, how many at once.</summary>
internal sealed class LiftChoices
{
    private readonly Option<MigrationStage> stage = new("--stage")
    {
        Description = "How far to go: infrastructure, core-logic, integration or all. The stages before it come first. Default: all.",
        HelpName = "STAGE",
        CustomParser = result => StageOf(result.Tokens[0].Value, result.AddError),
        DefaultValueFactory = _ => MigrationStage.Integration,
    };

    private readonly Option<string[]> agents = new("--agents")
    {
        Description = "Only these agents, by name, separated by commas. Default: all but those of critical risk, which have to be named.",
        HelpName = "A,B",
    };

    private readonly Option<int> batchSize = new("--batch-size")
    {
        Description = "Agents in a batch. Default: 5.",
        HelpName = "N",
        DefaultValueFactory = _ => MigrationOptions.DefaultBatchSize,
    };

    private readonly Option<bool> includeAssisted = new("--include-assisted") { Description = "Also rewrites that need a person's eye afterwards." };

    public LiftChoices() => batchSize.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1)
            result.AddError("--batch-size takes a whole number from 1.");
    });

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { stage, agents, batchSize, includeAssisted })
            command.Options.Add(option);
    }

    public MigrationOptions Read(ParseResult result) => new()
    {
        Tool = ToolName.NameAndVersion,
        RuntimeVersion = ToolName.NameAndVersion.Split(' ')[^1],
        Stage = result.GetValue(stage),
        Agents = [.. (result.GetValue(agents) ?? []).SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        BatchSize = result.GetValue(batchSize),
        IncludeAssisted = result.GetValue(includeAssisted),
    };

    private static MigrationStage StageOf(string text, Action<string> addError)
    {
        if (string.Equals(text, "all", StringComparison.OrdinalIgnoreCase))
            return MigrationStage.Integration;
        if (KebabCase.TryParse<MigrationStage>(text, out var stage) && stage != MigrationStage.None)
            return stage;
        addError($"'{text}' is no stage: name infrastructure, core-logic, integration or all.");
        return MigrationStage.Integration;
    }
}
