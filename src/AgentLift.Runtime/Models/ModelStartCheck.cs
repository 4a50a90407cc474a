namespace AgentLift.Runtime.Models;

/// <summary>What would only show when a model is first used, told at start.</summary>
internal static class ModelStartCheck
{
    public static IEnumerable<string> Failures(ModelPool pool)
    {
        var models = pool.Managers.SelectMany(manager => manager.Models, (manager, model) => (Manager: manager.Name, model.Definition, model.Slot)).ToList();
        foreach (var (manager, definition, slot) in models)
        {
            slot.Size.LookAtFile();
            if (definition.Path is { } path && !File.Exists(path))
                yield return $"Model {definition.Name} of {manager} is to be loaded from {path}, which does not exist; copy it there, or set {Key(manager, definition.Name)}:{nameof(ModelSettings.Path)}.";
            else if (!slot.Rungs.Any(rung => rung.Ledgers.Any(ledger => slot.Size.In(rung.Precision) <= ledger.Budget)))
                yield return $"Model {definition.Name} of {manager} takes {slot.Size.In(definition.Precision):N0} bytes, and models may take {string.Join(", ", slot.Rungs[0].Ledgers.Select(ledger => $"{ledger.Budget:N0} bytes of {ledger.Device}"))} ({ModelSchedulingOptions.Section}:{nameof(ModelSchedulingOptions.Devices)}).";
        }

        if (PinnedBudget.Failure(models.Where(model => model.Slot.Pinned).Select(model => model.Slot), pool.Scheduler.Ledgers) is { } overBudget)
            yield return overBudget;
        foreach (var (manager, settings) in pool.Options.Managers)
        {
            if (pool.Find(manager) is not { } known)
                yield return $"{Key(manager)} is configured, but there is no such manager; there are {string.Join(", ", pool.Managers.Select(other => other.Name))}.";
            else if (settings.Keys.FirstOrDefault(model => known.Models.All(declared => !string.Equals(declared.Name, model, StringComparison.OrdinalIgnoreCase))) is { } unknown)
                yield return $"{Key(manager, unknown)} is configured, but {known.Name} has no such model; it has {string.Join(", ", known.Models.Select(declared => declared.Name))}.";
        }
    }

    private static string Key(params IEnumerable<string> names) => string.Join(':', [ModelSchedulingOptions.Section, nameof(ModelSchedulingOptions.Managers), .. names]);
}
