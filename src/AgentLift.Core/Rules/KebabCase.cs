using System.Text;

namespace AgentLift.Core.Rules;

/// <summary>Names of enum members as they appear in data and reports: lower case, words joined by a hyphen.</summary>
public static class KebabCase
{
    /// <summary>Turns <c>CoreLogic</c> into <c>core-logic</c>.</summary>
    public static string ToKebabCase<TEnum>(this TEnum value)
        where TEnum : struct, Enum
    {
        var name = value.ToString();
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
                text.Append('-');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToKebabCase{TEnum}"/> wrote, ignoring case.</summary>
    /// <returns><see langword="false"/> where no member has that name.</returns>
    public static bool TryParse<TEnum>(string? text, out TEnum value)
        where TEnum : struct, Enum
    {
        value = default;
        return text is { Length: > 0 }
            && char.IsLetter(text[0])
            && Enum.TryParse(text.Replace("-", string.Empty), ignoreCase: true, out value)
            && Enum.IsDefined(typeof(TEnum), value);
    }
}
