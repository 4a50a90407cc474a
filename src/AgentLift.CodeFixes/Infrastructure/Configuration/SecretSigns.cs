using System.Text.RegularExpressions;

namespace AgentLift.CodeFixes.Infrastructure.Configuration;

/// <summary>Tells settings that may be secrets from others, by name and by text. What it takes for one is written into no further file.</summary>
internal static class SecretSigns
{
    private static readonly string[] Names = ["password", "passwd", "pwd", "passphrase", "secret", "apikey", "accesskey", "privatekey", "credential"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    // Password=x in a connection string, user:password@ in an address, a key in PEM.
    private static readonly Regex Text = new(
        @"\b(password|pwd|passphrase|accountkey|sharedaccesskey|secret|token|api[-_]?key)\s*=\s*[^\s;]|://[^/\s:@]*:[^/\s@]+@|-----BEGIN ",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Limit);

    /// <summary>Whether a setting may be a secret. Numbers and truth values are none.</summary>
    public static bool In(string name, object value)
    {
        var plain = name.Replace("_", string.Empty).Replace("-", string.Empty).Replace(".", string.Empty);
        return value is string text
            && (Names.Any(sign => plain.IndexOf(sign, StringComparison.OrdinalIgnoreCase) >= 0) || plain.EndsWith("token", StringComparison.OrdinalIgnoreCase) || Text.IsMatch(text));
    }
}
