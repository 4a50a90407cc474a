using System.Collections;
using System.Reflection;
using AgentLift.Runtime;

namespace AgentLift.Conventions.Tests;

/// <summary>The tables of configuration keys say what the options classes say.</summary>
public class ConfigurationTableTests
{
    private static readonly Dictionary<string, string> Placeholders = new()
    {
        ["Endpoints"] = "ENDPOINT",
        ["Clients"] = "TARGET",
        ["Managers"] = "MANAGER:MODEL",
        ["Devices"] = "N",
    };

    [Fact]
    public void Every_key_of_every_options_class_is_in_a_table_and_no_other() =>
        LiftGuide.ConfigurationDefaults.Keys.Order(StringComparer.Ordinal).ShouldBe(Options().Select(option => option.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void The_tables_give_the_defaults_of_the_options_classes()
    {
        foreach (var (key, value) in Options())
            LiftGuide.ConfigurationDefaults.GetValueOrDefault(key).ShouldBe(Text(value), key);
    }

    /// <summary>All keys with their defaults, from the options classes that name their section.</summary>
    private static IEnumerable<(string Key, object? Default)> Options() => typeof(BaseAgent).Assembly.GetExportedTypes()
        .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
        .Where(options => options.Section is not null)
        .SelectMany(options => Below(options.Type == typeof(AgentOptions) ? $"{options.Section}:NAME" : options.Section!, options.Type));

    private static IEnumerable<(string Key, object? Default)> Below(string key, Type type)
    {
        var instance = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var path = $"{key}:{property.Name}";
            if (ItemOf(property.PropertyType) is { } item && item.Assembly == type.Assembly)
            {
                foreach (var option in Below($"{path}:{Placeholders[property.Name]}", item))
                    yield return option;
            }
            else if (property.PropertyType is { IsClass: true } nested && nested.Assembly == type.Assembly)
            {
                foreach (var option in Below(path, nested))
                    yield return option;
            }
            else
            {
                yield return (path, property.GetValue(instance));
            }
        }
    }

    /// <summary>What a collection holds; of one whose values are collections themselves, what those hold.</summary>
    private static Type? ItemOf(Type type)
    {
        if (type is not { IsGenericType: true } generic || (generic.GetGenericTypeDefinition() != typeof(IDictionary<,>) && generic.GetGenericTypeDefinition() != typeof(IList<>)))
            return null;
        var item = generic.GenericTypeArguments[^1];
        return item.BaseType is { IsGenericType: true } inner && inner.GetGenericTypeDefinition() == typeof(Dictionary<,>) ? inner.GenericTypeArguments[^1] : item;
    }

    private static string Text(object? value) => value switch
    {
        null or "" or ICollection { Count: 0 } => "none",
        TimeSpan time => time.ToString("c"),
        _ => value.ToString()!,
    };
}
