using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Writes the property through which a field is read that a load sets as well.</summary>
internal static class CompanionText
{
    /// <summary>The property, its first line not indented.</summary>
    public static string Of(LazyPlan plan, Companion companion, SourceStyle style) => style.Write(
        $$"""
        // Set when {{plan.Name}} is loaded.
        private {{companion.Declaration.Declaration.Type}} {{companion.Name}}
        {
            get
            {
                _ = {{plan.Name}};
                return {{companion.Field.Name}};
            }
        }
        """.Replace("\r\n", "\n"),
        style.MemberIndent).TrimStart();
}
