using AgentLift.Runtime.Endpoints;
using AgentLift.Runtime.Hosting;
using AgentLift.Runtime.Messaging;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime;

/// <summary>Names the configuration key of each value out of range, with the value and the range.</summary>
internal sealed class AgentOptionsValidator : IValidateOptions<AgentOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, AgentOptions options)
    {
        var failures = new List<string>();
        Check(nameof(AgentOptions.StartTimeout), options.StartTimeout, Shortest);
        Check(nameof(AgentOptions.DrainTimeout), options.DrainTimeout, TimeSpan.Zero);
        Check(nameof(AgentOptions.StopTimeout), options.StopTimeout, Shortest);
        if (!Enum.IsDefined(options.OnFailure))
            failures.Add($"{Key(nameof(AgentOptions.OnFailure))} is {options.OnFailure}; it must be {nameof(AgentFailurePolicy.StopProcess)} or {nameof(AgentFailurePolicy.Isolate)}.");
        foreach (var (endpoint, limits) in options.Endpoints)
            failures.AddRange(EndpointOptionsCheck.Failures(Key($"{nameof(AgentOptions.Endpoints)}:{endpoint}"), limits));
        foreach (var (target, limits) in options.Clients)
            failures.AddRange(AgentClientOptionsCheck.Failures(Key($"{nameof(AgentOptions.Clients)}:{target}"), limits));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(string property, TimeSpan value, TimeSpan least)
        {
            if (OptionRange.Failure(Key(property), value, least, Longest) is { } failure)
                failures.Add(failure);
        }

        string Key(string property) => $"{AgentOptions.Section}:{name}:{property}";
    }
}
