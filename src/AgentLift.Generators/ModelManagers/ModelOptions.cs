using System.Globalization;
using AgentLift.Core.Rules;

namespace AgentLift.Generators.ModelManagers;

/// <summary>Checks the options of a model, and writes those that differ from the defaults as initialisers of its definition.</summary>
/// <param name="member">The model, for messages.</param>
internal sealed class ModelOptions(string member)
{
    private const string Runtime = "global::AgentLift.Runtime.";

    // The order in which the runtime declares them.
    private static readonly string[] Order =
        ["Path", "SharedAs", "EstimatedBytes", "Priority", "KeepAlive", "Pinned", "Devices", "Precision", "Fallback", "Warmup", "LoadTimeout"];

    private readonly Dictionary<string, string> initializers = [];

    public EquatableArray<string> ToArray() =>
        new([.. initializers.OrderBy(option => Array.IndexOf(Order, option.Key)).Select(option => $"{option.Key} = {option.Value}")]);

    /// <summary>Whether a text can be the name of a model.</summary>
    public bool IsName(string key, string name, ProblemList problems)
    {
        if (!string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl))
            return true;
        OutOfRange(key, CSharpNames.Literal(name), "a name that is not blank, on one line", problems);
        return false;
    }

    public void Text(string option, string key, string text, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(text))
            OutOfRange(key, CSharpNames.Literal(text), "a text that is not blank, or leave it out", problems);
        else
            initializers[option] = CSharpNames.Literal(text);
    }

    public void EstimatedBytes(string key, decimal bytes, ProblemList problems)
    {
        if (IsWithin(key, bytes, 1, long.MaxValue, "more than 0 bytes", problems))
            initializers["EstimatedBytes"] = bytes.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '_');
    }

    public void Priority(string key, decimal priority, ProblemList problems)
    {
        if (IsWithin(key, priority, 0, 10, "0 to 10", problems) && priority != 5)
            initializers["Priority"] = Number(priority);
    }

    public void KeepAlive(string key, decimal seconds, ProblemList problems)
    {
        if (IsWithin(key, seconds, 1, 31_536_000, "1 to 31536000 seconds, or leave it out", problems))
            initializers["KeepAlive"] = $"global::System.TimeSpan.FromSeconds({Number(seconds)})";
    }

    public void LoadTimeout(string key, decimal seconds, ProblemList problems)
    {
        if (IsWithin(key, seconds, 1, 86_400, "1 to 86400 seconds", problems) && seconds != 300)
            initializers["LoadTimeout"] = $"global::System.TimeSpan.FromSeconds({Number(seconds)})";
    }

    public void Pinned(bool pinned)
    {
        if (pinned)
            initializers["Pinned"] = "true";
    }

    /// <summary>An option whose values the runtime lists.</summary>
    public void Enumeration(string option, string key, int value, ProblemList problems)
    {
        var listed = ModelEnumeration.Of(option);
        if (listed.MembersOf(value) is not { } members)
            OutOfRange(key, value.ToString(CultureInfo.InvariantCulture), $"a member of {listed.Type}", problems);
        else if (value != 0)
            initializers[option] = string.Join(" | ", members.Select(name => $"{Runtime}{listed.Type}.{name}"));
    }

    /// <summary>Where the model may lie: each device with the problems of its place.</summary>
    public void Devices(IReadOnlyList<(string Text, ProblemList Problems)> devices)
    {
        var known = devices.Select(device => DeviceName.Parse(device.Text)).ToList();
        for (var i = 0; i < devices.Count; i++)
        {
            if (known[i] is null)
                devices[i].Problems.Add(RuleIds.UnknownModelDevice, member, devices[i].Text);
        }

        if (known.Count > 0)
            initializers["Devices"] = $"new[] {{ {string.Join(", ", known)} }}";
    }

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private bool IsWithin(string key, decimal value, long from, long to, string range, ProblemList problems)
    {
        if (value >= from && value <= to && value == decimal.Truncate(value))
            return true;
        OutOfRange(key, Number(value), range, problems);
        return false;
    }

    private void OutOfRange(string key, string value, string range, ProblemList problems) =>
        problems.Add(RuleIds.ModelOptionOutOfRange, member, key, value, range);
}
