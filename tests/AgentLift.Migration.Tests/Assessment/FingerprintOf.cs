using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Tests.Assessment;

/// <summary>Fingerprints every place of a text in some code, in order.</summary>
internal static class FingerprintOf
{
    public static string[] All(string text, string code, string rule = RuleIds.SleepPolling, string file = "Agent.cs")
    {
        var tree = CSharpSyntaxTree.ParseText(code, path: file);
        var compilation = CSharpCompilation.Create("test", [tree]);
        var type = compilation.GetSemanticModel(tree).GetDeclaredSymbol(tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().First())!;
        var fingerprint = new EvidenceFingerprint(type.ToDisplayString());
        var places = new List<string>();
        for (var index = code.IndexOf(text, StringComparison.Ordinal); index >= 0; index = code.IndexOf(text, index + 1, StringComparison.Ordinal))
        {
            var evidence = new Evidence(RuleTable.Get(rule), Location.Create(tree, new TextSpan(index, text.Length)), type, ["x"]);
            places.Add(fingerprint.Of(evidence, CancellationToken.None));
        }

        return [.. places];
    }

    public static string One(string text, string code, string rule = RuleIds.SleepPolling, string file = "Agent.cs") =>
        All(text, code, rule, file).ShouldHaveSingleItem();
}
