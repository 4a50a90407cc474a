using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.ModelManagers.Files;

/// <summary>The property that a model of a models file gets.</summary>
internal static class PropertyName
{
    public static bool IsValid(string name) => SyntaxFacts.IsValidIdentifier(name);

    /// <summary>The name of a model in Pascal case, as <c>YoloV8n</c> for <c>yolo-v8n</c>.</summary>
    public static string Of(string model)
    {
        var name = new StringBuilder(model.Length);
        var isStart = true;
        foreach (var character in model)
        {
            if (!SyntaxFacts.IsIdentifierPartCharacter(character) || character == '_')
            {
                isStart = true;
                continue;
            }

            name.Append(isStart ? char.ToUpperInvariant(character) : character);
            isStart = false;
        }

        return name.Length > 0 && char.IsDigit(name[0]) ? "_" + name : name.ToString();
    }
}
