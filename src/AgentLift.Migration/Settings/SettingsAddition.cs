using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Editing;
using AgentLift.Migration.Loading;
using AgentLift.Migration.Migrating;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Settings;

/// <summary>
/// Writes the settings that agents no longer read for themselves into the appsettings.json of the programs that run them. The values stand in the options class
/// as well, so that nothing depends on the file: where it cannot be written, the lift goes on and says what to add. Secrets are never written.
/// </summary>
/// <param name="root">The folder of the target, outside which nothing is written.</param>
/// <param name="files">The files as they will be.</param>
internal sealed class SettingsAddition(string root, PendingFiles files)
{
    private const string FileName = "appsettings.json";

    private readonly ReportedPaths paths = new(root);

    /// <summary>What to write for a step; nothing where its agent has no settings.</summary>
    public async Task<SettingsPlan> ForAsync(LiftStep step, CancellationToken cancellationToken)
    {
        if (step.Outcome.Settings.IsEmpty)
            return SettingsPlan.Empty;
        var left = ImmutableArray.CreateBuilder<LeftPlace>();
        var settings = step.Outcome.Settings.RemoveAll(setting => setting.IsSecret);
        var read = SourceOf(step.Outcome);
        foreach (var secret in step.Outcome.Settings.Where(setting => setting.IsSecret))
            left.Add(Left(step, read, $"{secret.Key} may be a secret, so it is written into no {FileName}: give it by user secrets or the variable {secret.Key.Replace(":", "__", StringComparison.Ordinal)}, then take the default out of the options class"));
        if (settings.IsEmpty)
            return new SettingsPlan([], left.ToImmutable());

        var own = StepLifter.ProjectsOf(step.After, step.Request.Agent).First();
        var programs = await AgentPrograms.OfAsync(step.After, own, step.Outcome.Agent, cancellationToken).ConfigureAwait(false);
        if (programs.IsEmpty)
            left.Add(Left(step, read, $"no program here runs it: put its settings into the {FileName} of the one that does: {ListOf(settings)}"));
        var writes = ImmutableArray.CreateBuilder<SettingsWrite>();
        foreach (var program in programs)
        {
            var file = Path.Combine(Path.GetDirectoryName(program)!, FileName);
            var (edits, line, reason) = EditsOf(program, file, settings);
            if (reason is not null)
                left.Add(Left(step, new SourcePlace(paths.Of(file), line, 1, line, 1), $"{reason}: put the settings of {step.Request.Agent.Name} there by hand: {ListOf(settings)}"));
            else
                left.AddRange(OthersIn(file, settings).Select(other => Left(step, new SourcePlace(paths.Of(file), 1, 1, 1, 1), other)));
            if (!edits.IsEmpty)
                writes.Add(new SettingsWrite(paths.Of(file), edits));
        }

        return new SettingsPlan(writes.ToImmutable(), left.ToImmutable());
    }

    private (ImmutableArray<FileEdit> Edits, int Line, string? Reason) EditsOf(string program, string file, ImmutableArray<LiftedSetting> settings)
    {
        if (paths.Of(file).StartsWith("../", StringComparison.Ordinal))
            return ([], 1, "it lies outside the folder that is migrated");
        try
        {
            var project = files.Read(program);
            if (!files.Has(file) && SettingsItem.IsElsewhere(project.ToString()))
                return ([], 1, $"the project takes its {FileName} from another folder");
            var (before, after) = TextsOf(file, project, settings);
            if (after is null)
                return ([], 1, "one of the sections is a value there");
            var item = SettingsItem.Add(project.ToString()) ?? project.ToString();
            return ([.. Edit(file, before, after), .. Edit(program, project, item)], 0, null);
        }
        catch (JsonException broken)
        {
            return ([], (int)(broken.LineNumber ?? 0) + 1, $"it does not parse ({broken.Message.Split(". LineNumber", 2)[0].TrimEnd('.')})");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ([], 1, $"it cannot be read ({failure.Message})");
        }
    }

    private (SourceText? Before, string? After) TextsOf(string file, SourceText project, ImmutableArray<LiftedSetting> settings)
    {
        var before = files.Has(file) ? files.Read(file) : null;
        var text = before?.ToString();
        foreach (var setting in settings)
        {
            text = text is null ? JsonSection.New(project.ToString().Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n", setting.Key, setting.Value) : JsonSection.Add(text, setting.Key, setting.Value);
            if (text is null)
                return (before, null);
        }

        return (before, text);
    }

    // What stands in the file already is somebody's decision; from now on the agent heeds it.
    private IEnumerable<string> OthersIn(string file, ImmutableArray<LiftedSetting> settings)
    {
        var present = files.Has(file) ? JsonSection.Read(files.Read(file).ToString()) : [];
        return settings.Where(setting => present.TryGetValue(setting.Key, out var value) && value != JsonSerializer.Serialize(setting.Value))
            .Select(setting => $"{setting.Key} is {present[setting.Key]} there and was {JsonSerializer.Serialize(setting.Value)} in the code: decide which of them holds");
    }

    private static IEnumerable<FileEdit> Edit(string file, SourceText? before, string after) =>
        before?.ToString() == after ? [] : [new FileEdit(file, before, before is null ? SourceText.From(after) : SourceText.From(after, before.Encoding ?? Encoding.UTF8))];

    private static string ListOf(ImmutableArray<LiftedSetting> settings) => string.Join(", ", settings.Select(setting => $"{setting.Key} = {JsonSerializer.Serialize(setting.Value)}"));

    private static LeftPlace Left(LiftStep step, SourcePlace place, string reason) => new(RuleIds.HandRolledConfiguration, step.Request.Stage, place, reason);

    // Where the agent read them.
    private SourcePlace SourceOf(LiftedAgent agent) => agent.Before.FirstOrDefault(evidence => evidence.Rule.Id == RuleIds.HandRolledConfiguration) is { } read
        ? paths.PlaceOf(read.Location)
        : new SourcePlace(paths.Of(agent.Files[0]), 1, 1, 1, 1);
}
