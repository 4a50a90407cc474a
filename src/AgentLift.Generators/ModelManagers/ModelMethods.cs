using AgentLift.Core.Rules;
using AgentLift.Generators.LazyDependencies;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.ModelManagers;

/// <summary>Finds the methods of a manager that its models name.</summary>
internal sealed class ModelMethods(Compilation compilation, INamedTypeSymbol manager)
{
    /// <summary>What the method that makes a model is called in messages.</summary>
    public const string Factory = "factory";

    private const string WarmUpMethod = "warm-up";

    /// <summary>A delegate that makes a model; <see langword="null"/> with a problem where no method of the name fits.</summary>
    public string? Maker(string member, string name, ITypeSymbol type, ProblemList problems) =>
        Find(member, name, Factory, problems, method => WhyNoMaker(method, type), method => CSharpNames.Identifier(method.Name));

    /// <summary>A delegate that runs a model once; <see langword="null"/> with a problem where no method of the name fits.</summary>
    public string? WarmUp(string member, string name, ITypeSymbol type, ProblemList problems) =>
        Find(member, name, WarmUpMethod, problems, method => WhyNoWarmUp(method, type), method => method.Parameters.Length == 2
            ? $"(model, request) => {CSharpNames.Identifier(method.Name)}(model, request)"
            : $"(model, _) => {CSharpNames.Identifier(method.Name)}(model)");

    private string? Find(string member, string name, string role, ProblemList problems, Func<IMethodSymbol, (string Reason, string Instead)?> whyNot, Func<IMethodSymbol, string> write)
    {
        var candidates = BaseTypes.Of(manager).Prepend(manager)
            .SelectMany(type => type.GetMembers(name))
            .OfType<IMethodSymbol>()
            .Where(method => method.MethodKind == MethodKind.Ordinary && compilation.IsSymbolAccessibleWithin(method, manager))
            .Select(method => (Method: method, Misfit: whyNot(method)))
            .ToList();
        if (candidates.Count == 0)
            problems.Add(RuleIds.ModelMethodMissing, member, name, role, manager.Name);
        else if (candidates.Find(candidate => candidate.Misfit is null).Method is { } fit)
            return write(fit);
        else if (candidates[0].Misfit is var (reason, instead))
            problems.Add(RuleIds.ModelMethodMismatch, member, name, role, reason, instead);
        return null;
    }

    private (string Reason, string Instead)? WhyNoMaker(IMethodSymbol method, ITypeSymbol type)
    {
        if (method.Arity > 0)
            return ("is generic", "make it plain");
        if (!method.Parameters.IsEmpty)
            return ("takes parameters", "give it none");
        if (method.ReturnsVoid || !IsReferenceTo(method.ReturnType, type))
            return (method.ReturnsVoid ? "returns nothing" : $"returns '{MemberForm.Short(method.ReturnType)}'", $"return '{MemberForm.Short(type)}'");
        return method.ReturnType.NullableAnnotation == NullableAnnotation.Annotated ? ("may return null", "throw where there is nothing to make") : null;
    }

    private (string Reason, string Instead)? WhyNoWarmUp(IMethodSymbol method, ITypeSymbol type)
    {
        if (method.Arity > 0)
            return ("is generic", "make it plain");
        var parameters = method.Parameters;
        if (parameters.Length is 0 or > 2
            || parameters.Any(parameter => parameter.RefKind != RefKind.None)
            || !IsReferenceTo(type, parameters[0].Type)
            || (parameters.Length == 2 && parameters[1].Type.ToDisplayString() != KnownNames.ModelLoadRequest))
            return ("takes other parameters than the model", $"take '{MemberForm.Short(type)}', and a ModelLoadRequest where it needs the device or the precision");
        return method.IsAsync || MemberForm.Awaited(method.ReturnType) is not null || method.ReturnType.Name is "Task" or "ValueTask"
            ? ("is asynchronous, but a model is run on one thread", "run the model and return")
            : null;
    }

    private bool IsReferenceTo(ITypeSymbol from, ITypeSymbol to) =>
        compilation.ClassifyCommonConversion(from, to) is { IsImplicit: true, IsUserDefined: false } conversion && (conversion.IsIdentity || conversion.IsReference);
}
