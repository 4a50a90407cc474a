using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>Finds the options that the code binds itself, by the text alone: <c>AddOptions&lt;TutorAgentOptions&gt;()</c> and its like.</summary>
internal static class OptionsMention
{
    private static readonly HashSet<string> Methods = ["AddOptions", "AddOptionsWithValidateOnStart", "Configure", "PostConfigure", "ConfigureOptions"];

    public static bool CanBe(SyntaxNode node) => node is GenericNameSyntax { TypeArgumentList.Arguments.Count: > 0 } name && Methods.Contains(name.Identifier.ValueText);

    /// <returns>The simple name of the options.</returns>
    public static string Read(SyntaxNode node)
    {
        var options = ((GenericNameSyntax)node).TypeArgumentList.Arguments[0];
        return options.Simple()?.Identifier.ValueText ?? options.ToString();
    }
}
