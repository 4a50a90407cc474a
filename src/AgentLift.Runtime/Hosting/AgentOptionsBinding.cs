using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime;

/// <summary>
/// What the generated <c>AddAgents()</c> binds the options of agents with. The binder of the platform needs reflection, or a generator of its own that does not
/// see generated code; a program that binds options itself needs neither this nor what it costs.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AgentOptionsBinding
{
    /// <summary>Whether the program has said already where options come from.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="builder">The host to be.</param>
    public static bool IsBound<TOptions>(IHostApplicationBuilder builder)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.Any(service => service.ServiceType == typeof(IConfigureOptions<TOptions>) || service.ServiceType == typeof(IOptions<TOptions>));
    }

    /// <summary>Binds options to a section, validated at start and read again when the configuration changes.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="builder">The host to be.</param>
    /// <param name="section">The section's key.</param>
    /// <param name="read">Reads the settings of the section into the options.</param>
    /// <returns>The options, for their rules.</returns>
    public static OptionsBuilder<TOptions> Bind<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        IHostApplicationBuilder builder, string section, Action<TOptions, AgentSettings> read)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(read);
        var bound = builder.Configuration.GetSection(section);
        builder.Services.AddSingleton<IOptionsChangeTokenSource<TOptions>>(new ConfigurationChangeTokenSource<TOptions>(bound));
        return builder.Services.AddOptions<TOptions>().Configure(options => read(options, new AgentSettings(bound))).ValidateOnStart();
    }

    /// <summary>Holds a value to a rule.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="options">What <see cref="Bind{TOptions}"/> gave.</param>
    /// <param name="key">The value's key, for the complaint.</param>
    /// <param name="value">The value.</param>
    /// <param name="rule">The rule, which needs no more than the value.</param>
    /// <returns>The options, for their other rules.</returns>
    public static OptionsBuilder<TOptions> Rule<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this OptionsBuilder<TOptions> options, string key, Func<TOptions, object?> value, ValidationAttribute rule)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(rule);
        return options.Validate(bound => rule.IsValid(value(bound)), rule.FormatErrorMessage(key));
    }
}
