using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Hosting;

/// <summary>Starts all agents of the process, each as soon as those that it depends on have started, and stops them the other way round.</summary>
internal sealed class AgentFleet(
    IEnumerable<AgentRegistration> registrations, IOptionsMonitor<AgentOptions> options, AgentFailures failures, IServiceProvider services) : IHostedLifecycleService
{
    // Plain lists and dictionaries of names, here and in StartOrder: pairs in a sorted dictionary or in LINQ are code that is compiled at every start.
    private readonly SortedList<string, BaseAgent> agents = new(StringComparer.Ordinal);
    private Dictionary<string, IReadOnlyCollection<string>> dependencies = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var missing = failures.EndsProcess ? [] : registrations.Where(registration => !TryMake(registration)).Select(registration => registration.Name).ToArray();
        if (failures.EndsProcess)
            return;
        dependencies = agents.Keys.ToDictionary(
            agent => agent, agent => (IReadOnlyCollection<string>)[.. agents[agent].DependsOn.Concat(Before(agent)).Distinct(StringComparer.Ordinal).Except(missing)], StringComparer.Ordinal);
        StartOrder.Check(dependencies);
        try
        {
            await InOrderAsync(dependencies, agent => agent.StartAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (AgentFailedException)
        {
            // Told already, and the process is stopping: it ends with its exit code, not with a dump of an unhandled exception.
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => InOrderAsync(Dependents(), agent => agent.DrainAsync(cancellationToken));

    public Task StopAsync(CancellationToken cancellationToken) => InOrderAsync(Dependents(), agent => agent.StopAsync(cancellationToken));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>Whether the agent could be constructed; where not, the failure has been told.</returns>
    private bool TryMake(AgentRegistration registration)
    {
        try
        {
            agents[registration.Name] = registration.Resolve(services);
            return true;
        }
#pragma warning disable CA1031 // Whatever a constructor throws fails its agent, and is kept as the cause.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failures.Report(
                options.Get(registration.Name),
                new AgentFailedException(registration.Name, "construction", $"{error.GetType().Name}: {error.Message}", error));
            return false;
        }
    }

    // In order of registration, where the program asked for that: each waits for all that were registered before it, so that one that is missing breaks no chain.
    private IEnumerable<string> Before(string agent) => services.GetService<RegistrationOrder>() is null ? [] : registrations.Select(registration => registration.Name).TakeWhile(name => name != agent);

    private Dictionary<string, IReadOnlyCollection<string>> Dependents() => dependencies.Keys.ToDictionary(
        agent => agent,
        agent => (IReadOnlyCollection<string>)[.. dependencies.Keys.Where(other => dependencies[other].Contains(agent))],
        StringComparer.Ordinal);

    /// <summary>Runs a step for each agent once it has succeeded for those before it; where one of them failed, its step is not run.</summary>
    private Task InOrderAsync(IReadOnlyDictionary<string, IReadOnlyCollection<string>> before, Func<BaseAgent, Task> step)
    {
        var steps = new Dictionary<string, Task>(StringComparer.Ordinal);
        return Task.WhenAll(before.Keys.Select(Of).ToArray());

        Task Of(string name)
        {
            if (!steps.TryGetValue(name, out var run))
                steps[name] = run = RunAsync(name, [.. before[name].Select(Of)]);
            return run;
        }

        async Task RunAsync(string name, Task[] earlier)
        {
            await Task.WhenAll(earlier).ConfigureAwait(false);
            await step(agents[name]).ConfigureAwait(false);
        }
    }
}
