using AgentLift.Core.Rules;

namespace AgentLift.Generators.ModelManagers.Files;

/// <summary>The names of models and properties that a manager has already.</summary>
internal sealed class ManagerNames
{
    // Settings find models by name without regard to case.
    private readonly Dictionary<string, string> models = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> members = new(StringComparer.Ordinal);

    public ManagerNames(Manager manager)
    {
        foreach (var model in manager.Models)
            models[model.Name] = $"{manager.Name}.{model.Property}";
        foreach (var member in manager.TakenNames)
            members[member] = member == manager.Name ? member : $"{manager.Name}.{member}";
    }

    /// <summary>Takes the names of a model; a problem where one of them is taken.</summary>
    public bool Take(FileModel model, string file, ProblemList problems)
    {
        if (models.TryGetValue(model.Name, out var namesake))
            return Refuse(model.Name, namesake, "\"name\"");
        if (members.TryGetValue(model.Property, out var member))
            return Refuse(model.Property, member, "\"property\"");
        models[model.Name] = members[model.Property] = $"{model.Name} of {file}";
        return true;

        bool Refuse(string name, string other, string key)
        {
            problems.Add(RuleIds.DuplicateModelName, model.Name, name, other, key);
            return false;
        }
    }
}
