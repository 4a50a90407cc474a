using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>Names for the endpoints of one agent, each once.</summary>
internal sealed class EndpointNames(AgentSource source)
{
    private readonly HashSet<string> taken = new(
        source.Parts.SelectMany(part => part.DescendantNodes()).OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression.ToString().Split('.').Last().StartsWith("Listen", StringComparison.Ordinal) && call.ArgumentList.Arguments.Count > 1)
            .Select(call => source.ConstantOf(call.ArgumentList.Arguments[0].Expression)).OfType<string>(),
        StringComparer.OrdinalIgnoreCase);

    public string Next(string wanted)
    {
        var name = wanted;
        for (var i = 2; !taken.Add(name); i++)
            name = wanted + i;
        return name;
    }
}
