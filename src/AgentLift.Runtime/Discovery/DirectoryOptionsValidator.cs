using AgentLift.Runtime.Discovery;
using AgentLift.Runtime.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime;

/// <summary>Names the configuration key of each value of the directory that is out of range, with the value and the range.</summary>
internal sealed class DirectoryOptionsValidator : IValidateOptions<DirectoryOptions>
{
    private const string Etcd = $"{DirectoryOptions.Section}:{nameof(DirectoryOptions.Etcd)}";
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLease = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, DirectoryOptions options)
    {
        var failures = Failures(options).ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(DirectoryOptions options)
    {
        if (options.AdvertisedHost is { } host && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            yield return $"{DirectoryOptions.Section}:{nameof(DirectoryOptions.AdvertisedHost)} is '{host}'; it must be a host name or an IP address, without a port.";
        var failures = options.Kind switch
        {
            DirectoryKind.InProcess => [],
            DirectoryKind.File => OfFile(options.File),
            DirectoryKind.Etcd => OfEtcd(options.Etcd),
            _ => [$"{DirectoryOptions.Section}:{nameof(DirectoryOptions.Kind)} is {options.Kind}; it must be {string.Join(", ", Enum.GetNames<DirectoryKind>())}."],
        };
        foreach (var failure in failures)
            yield return failure;
    }

    private static IEnumerable<string> OfFile(string? file)
    {
        if (string.IsNullOrWhiteSpace(file))
            yield return $"{DirectoryOptions.Section}:{nameof(DirectoryOptions.File)} is not set; {DirectoryOptions.Section}:{nameof(DirectoryOptions.Kind)} {nameof(DirectoryKind.File)} needs the path of a JSON file.";
        else if (DirectoryFile.Read(file).Problem is { } problem)
            yield return problem;
    }

    private static IEnumerable<string> OfEtcd(EtcdDirectoryOptions etcd)
    {
        const string Endpoints = $"{Etcd}:{nameof(EtcdDirectoryOptions.Endpoints)}";
        if (etcd.Endpoints.Count == 0)
            yield return $"{Endpoints} is empty; it must name at least one node, such as http://127.0.0.1:2379.";
        for (var i = 0; i < etcd.Endpoints.Count; i++)
        {
            if (!Uri.TryCreate(etcd.Endpoints[i], UriKind.Absolute, out var node) || (node.Scheme != Uri.UriSchemeHttp && node.Scheme != Uri.UriSchemeHttps))
                yield return $"{Endpoints}:{i} is '{etcd.Endpoints[i]}'; it must be an absolute http or https address, such as http://127.0.0.1:2379.";
            else if (node.UserInfo.Length > 0)
                yield return $"{Endpoints}:{i} holds a user; set {Etcd}:{nameof(EtcdDirectoryOptions.Username)} and {Etcd}:{nameof(EtcdDirectoryOptions.Password)} instead.";
        }

        if (!etcd.Prefix.StartsWith('/') || !etcd.Prefix.EndsWith('/'))
            yield return $"{Etcd}:{nameof(EtcdDirectoryOptions.Prefix)} is '{etcd.Prefix}'; it must begin and end with a slash.";
        if (etcd.LeaseTime < ShortestLease || etcd.LeaseTime > LongestLease || etcd.LeaseTime.Ticks % TimeSpan.TicksPerSecond != 0)
            yield return $"{Etcd}:{nameof(EtcdDirectoryOptions.LeaseTime)} is {etcd.LeaseTime:c}; it must be from {ShortestLease:c} to {LongestLease:c}, in whole seconds.";
        if (OptionRange.Failure($"{Etcd}:{nameof(EtcdDirectoryOptions.Timeout)}", etcd.Timeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)) is { } timeout)
            yield return timeout;
        if (etcd.Username is null != etcd.Password is null)
            yield return $"{Etcd}:{nameof(EtcdDirectoryOptions.Username)} and {Etcd}:{nameof(EtcdDirectoryOptions.Password)} belong together; set both or none.";
    }
}
