namespace AgentLift.Generators.AgentRegistration;

/// <summary>Writes the methods that bind the options of agents, property by property.</summary>
internal static class OptionsWriter
{
    private const string Binding = "global::AgentLift.Runtime.AgentOptionsBinding";

    /// <summary>A method for each options class, each of another name.</summary>
    public static IEnumerable<(string Method, BoundOptions Options)> MethodsOf(Registration registration)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var options in registration.Agents.Select(agent => agent.Agent.Options).OfType<BoundOptions>())
        {
            var method = "Bind" + options.SimpleName;
            for (var next = 2; !used.Add(method); next++)
                method = $"Bind{options.SimpleName}{next}";
            yield return (method, options);
        }
    }

    public static void Write(CodeWriter code, string method, BoundOptions options)
    {
        code.Open($"private static void {method}(global::{KnownNames.HostApplicationBuilder} builder)")
            .Line($"if ({Binding}.IsBound<{options.TypeName}>(builder))").Continue("return;")
            .Line($"{Binding}.Bind<{options.TypeName}>(builder, {CSharpNames.Literal(options.Section)}, static (options, settings) =>")
            .Line("{").Continue(options.Properties.Select(Read));
        var rules = options.Properties.SelectMany(property => property.Rules.Items.Select(rule => Rule(options, property, rule))).ToList();
        code.Line(rules.Count == 0 ? "});" : "})");
        code.Continue(rules.Select((rule, i) => i == rules.Count - 1 ? rule + ";" : rule)).Close();
    }

    private static string Read(BoundProperty property)
    {
        var key = CSharpNames.Literal(property.Name);
        var target = $"options.{CSharpNames.Identifier(property.Name)}";
        return property.Kind switch
        {
            SettingKind.Text => $"settings.ReadText({key}, value => {target} = value);",
            SettingKind.Constant => $"settings.ReadEnum<{property.TypeName}>({key}, value => {target} = value);",
            SettingKind.Address => $"settings.ReadText({key}, value => {target} = new {property.TypeName}(value, global::System.UriKind.RelativeOrAbsolute));",
            _ => $"settings.Read<{property.TypeName}>({key}, value => {target} = value);",
        };
    }

    private static string Rule(BoundOptions options, BoundProperty property, string rule) =>
        $".Rule({CSharpNames.Literal($"{options.Section}:{property.Name}")}, static options => options.{CSharpNames.Identifier(property.Name)}, {rule})";
}
