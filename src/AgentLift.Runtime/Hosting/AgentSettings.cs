using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AgentLift.Runtime;

/// <summary>The settings of one section as generated code reads them: without reflection, and with the key in every complaint.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AgentSettings
{
    private readonly IConfigurationSection section;

    internal AgentSettings(IConfigurationSection section) => this.section = section;

    /// <summary>Reads a text.</summary>
    /// <param name="key">Its key within the section.</param>
    /// <param name="set">Takes it; not called where the configuration says nothing.</param>
    public void ReadText(string key, Action<string> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (section[key] is { } text)
            set(text);
    }

    /// <summary>Reads a number, a time, or whatever else is parsed, in the invariant culture.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="key">Its key within the section.</param>
    /// <param name="set">Takes it; not called where the configuration says nothing or has an empty text.</param>
    /// <exception cref="InvalidOperationException">The text does not parse; the message names key and text.</exception>
    public void Read<T>(string key, Action<T> set)
        where T : IParsable<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        if (section[key] is { Length: > 0 } text)
            set(T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : throw Unreadable(key, text, $"as {typeof(T).Name}"));
    }

    /// <summary>Reads a constant of an enumeration by its name, in any case.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="key">Its key within the section.</param>
    /// <param name="set">Takes it; not called where the configuration says nothing or has an empty text.</param>
    /// <exception cref="InvalidOperationException">There is no such constant; the message names key and text.</exception>
    public void ReadEnum<T>(string key, Action<T> set)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(set);
        if (section[key] is { Length: > 0 } text)
            set(Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : throw Unreadable(key, text, $"as one of {string.Join(", ", Enum.GetNames<T>())}"));
    }

    private InvalidOperationException Unreadable(string key, string text, string what) => new($"{section.Path}:{key} is '{text}', which cannot be read {what}.");
}
