namespace AgentLift.Runtime.Hosting;

/// <summary>Checks that the dependencies between agents name agents of this process and have an order.</summary>
internal static class StartOrder
{
    /// <exception cref="InvalidOperationException">A name is unknown, or agents wait for each other; the message names the configuration key.</exception>
    public static void Check(IReadOnlyDictionary<string, IReadOnlyCollection<string>> dependencies)
    {
        var agents = dependencies.Keys.Order(StringComparer.Ordinal).ToArray();
        foreach (var agent in agents)
        {
            if (dependencies[agent].FirstOrDefault(name => !dependencies.ContainsKey(name)) is { } unknown)
            {
                throw new InvalidOperationException(
                    $"{Key(agent)} names {unknown}, which is no agent of this process; the agents are {string.Join(", ", agents)}.");
            }
        }

        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var agent in agents)
            Visit(agent, []);

        void Visit(string agent, List<string> path)
        {
            if (done.Contains(agent))
                return;
            if (path.IndexOf(agent) is >= 0 and var start)
            {
                throw new InvalidOperationException(
                    $"{Key(agent)}: agents wait for each other: {string.Join(" -> ", path.Skip(start))} -> {agent}. Take one of the dependencies out.");
            }

            path.Add(agent);
            foreach (var needed in dependencies[agent])
                Visit(needed, path);
            path.RemoveAt(path.Count - 1);
            done.Add(agent);
        }
    }

    private static string Key(string agent) => $"{AgentOptions.Section}:{agent}:{nameof(AgentOptions.DependsOn)}";
}
