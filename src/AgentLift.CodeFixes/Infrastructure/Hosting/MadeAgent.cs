using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>One agent that the body of a program makes, and how the host makes it instead.</summary>
/// <param name="Creation">The construction.</param>
/// <param name="Type">The agent's class.</param>
/// <param name="TypeText">The class as the program writes it.</param>
/// <param name="Local">The variable that holds it; <see langword="null"/> where none does.</param>
/// <param name="Index">The statement of the program.</param>
internal sealed record MadeAgent(BaseObjectCreationExpressionSyntax Creation, INamedTypeSymbol Type, string TypeText, ILocalSymbol? Local, int Index)
{
    /// <summary>The name under which the host knows it, as code.</summary>
    public string NameText => Type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "AgentAttribute")?.ConstructorArguments.FirstOrDefault().Value is string given
        ? SymbolDisplay.FormatLiteral(given, quote: true)
        : Type.IsGenericType ? SymbolDisplay.FormatLiteral(Type.MetadataName, quote: true) : $"nameof({TypeText})";

    /// <summary>The class of a construction, as the program writes it.</summary>
    public static string TextOf(BaseObjectCreationExpressionSyntax creation, SemanticModel model) =>
        creation is ObjectCreationExpressionSyntax named ? named.Type.ToString() : model.GetTypeInfo(creation).Type!.ToMinimalDisplayString(model, creation.SpanStart);

    /// <summary>The registration, such as <c>AddAgent&lt;PollAgent&gt;()</c>; <see langword="null"/> and a reason where the host cannot make it.</summary>
    public (string? Text, string? Obstacle) Registration(EntryPoint program, MadeAgent? after)
    {
        var (construction, obstacle) = AgentConstruction.Read(program, Creation, TypeText);
        if (construction is null)
            return (null, obstacle);
        var order = after is null ? string.Empty : $"agent => agent.DependsOn.Add({after.NameText})";
        return (construction.IsPlain ? $"AddAgent<{TypeText}>({order})" : $"AddAgent(({construction.Services}, context) => {construction.Text}{(order.Length > 0 ? ", " + order : string.Empty)})", null);
    }
}
