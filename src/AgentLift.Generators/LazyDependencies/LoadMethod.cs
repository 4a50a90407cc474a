using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>Finds the method that a member names, and writes the delegate that calls it.</summary>
internal sealed class LoadMethod(Compilation compilation, INamedTypeSymbol agent, string member, MemberForm form)
{
    /// <summary>The delegate that loads; <see langword="null"/> with a problem where no method of the name fits.</summary>
    public string? Find(string name, ProblemList problems)
    {
        var methods = BaseTypes.Of(agent).Prepend(agent)
            .SelectMany(type => type.GetMembers(name))
            .OfType<IMethodSymbol>()
            .Where(method => method.MethodKind == MethodKind.Ordinary && compilation.IsSymbolAccessibleWithin(method, agent))
            .OrderByDescending(TakesToken)
            .ToList();
        if (methods.Count == 0)
            problems.Add(RuleIds.LoadMethodMissing, member, name, agent.Name);

        List<(string RuleId, string[] Arguments)> misfits = [];
        foreach (var method in methods)
        {
            if (Delegate(method, misfits) is { } load)
                return load;
        }

        if (misfits.Count > 0)
            problems.Add(misfits[0].RuleId, misfits[0].Arguments);
        return null;
    }

    private string? Delegate(IMethodSymbol method, List<(string RuleId, string[] Arguments)> misfits)
    {
        if (method.Arity > 0)
            return Misfit("is generic", "make it plain");
        if (!TakesToken(method) && !method.Parameters.IsEmpty)
            return Misfit("takes parameters", "give it none but a CancellationToken");
        var awaited = MemberForm.Awaited(method.ReturnType);
        if (awaited is not null && form.Form == LazyForm.Property)
        {
            misfits.Add((RuleIds.AsyncLoadOfProperty, [member, method.Name, MemberForm.Short(form.Type)]));
            return null;
        }

        var result = awaited?.Type ?? method.ReturnType;
        if (method.ReturnsVoid || !compilation.ClassifyCommonConversion(result, form.Type).IsImplicit)
            return Misfit(method.ReturnsVoid ? "returns nothing" : $"returns '{MemberForm.Short(method.ReturnType)}'", $"return '{MemberForm.Short(form.Type)}'");
        if (result is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
            return Misfit("may return null", "throw where there is nothing to load");

        return LoadDelegate.Of(method.Name, TakesToken(method), awaited?.Form, SymbolEqualityComparer.Default.Equals(result, form.Type));

        string? Misfit(string reason, string instead)
        {
            misfits.Add((RuleIds.LoadMethodMismatch, [member, method.Name, reason, instead]));
            return null;
        }
    }

    private static bool TakesToken(IMethodSymbol method) => method.Parameters.Length == 1 && MemberForm.IsToken(method.Parameters[0]);
}
