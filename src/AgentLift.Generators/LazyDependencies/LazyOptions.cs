using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>Reads the named arguments of the attribute into initialisers of the runtime's options.</summary>
internal static class LazyOptions
{
    private const int LongestTimeout = 86_400;
    private const int MostRetries = 100;

    public static EquatableArray<string> Read(LazyArguments arguments, string member, ProblemList problems)
    {
        List<string> options = [];
        foreach (var argument in arguments.Named)
        {
            switch (argument.Key, argument.Value)
            {
                case ("Name", string name) when string.IsNullOrWhiteSpace(name):
                    OutOfRange(argument.Key, CSharpNames.Literal(name), "a name that is not blank");
                    break;
                case ("Warmup", int warmup):
                    if (NameOf(argument.Type, warmup) is not { } constant)
                        OutOfRange(argument.Key, warmup.ToString(), "a member of LazyWarmup");
                    else if (warmup != 0)
                        options.Add($"Warmup = global::AgentLift.Runtime.LazyWarmup.{constant}");
                    break;
                case ("TimeoutSeconds", int seconds):
                    if (seconds is < 1 or > LongestTimeout)
                        OutOfRange(argument.Key, seconds.ToString(), $"1 to {LongestTimeout} seconds");
                    else
                        options.Add($"Timeout = global::System.TimeSpan.FromSeconds({seconds})");
                    break;
                case ("Retries", int retries):
                    if (retries is < 0 or > MostRetries)
                        OutOfRange(argument.Key, retries.ToString(), $"0 to {MostRetries}");
                    else
                        options.Add($"Retries = {retries}");
                    break;
                case ("KeepFailure", true):
                    options.Add("KeepFailure = true");
                    break;
            }
        }

        return new([.. options]);

        void OutOfRange(string option, string value, string range) => problems.Add(RuleIds.LazyOptionOutOfRange, member, option, value, range);
    }

    private static string? NameOf(ITypeSymbol? type, int value) =>
        type?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(constant => constant.ConstantValue is int known && known == value)?.Name;
}
