using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>The fields that keep, for loads, what only a constructor knows.</summary>
internal sealed class KeptValues
{
    private readonly AgentCode agent;
    private readonly Dictionary<(SyntaxNode Block, string Symbol), (string Name, LazyPlan First)> fields = [];

    public KeptValues(AgentCode agent, IReadOnlyList<LazyPlan> plans)
    {
        this.agent = agent;
        var taken = new HashSet<string>(plans.Select(plan => plan.Name), StringComparer.Ordinal);
        var isUnderscored = agent.UnderscoresFields;
        foreach (var plan in plans)
        {
            foreach (var symbol in Needed(plan))
            {
                var key = (KeptPlaces.Of(plan, symbol)!.Parent!, symbol.Name);
                if (!fields.ContainsKey(key))
                    fields[key] = (agent.FreeName(isUnderscored || plan.Member.IsStatic ? "_" + symbol.Name : symbol.Name, taken), plan);
            }
        }
    }

    /// <summary>The declarations of the fields that a load is the first to need.</summary>
    public IEnumerable<string> FieldsOf(LazyPlan plan) => Own(plan).Select(symbol =>
        $"private {(plan.Member.IsStatic ? "static " : string.Empty)}{(KeptPlaces.Of(plan, symbol)!.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null ? string.Empty : "readonly ")}{TypeOf(plan, symbol)} {Field(plan, symbol)};");

    /// <summary>The statements that fill them, for the place of a statement that goes into the load; empty where it is none of those places.</summary>
    public string StatementsAt(LazyPlan plan, StatementSyntax place)
    {
        var indent = SourceStyle.IndentOf(place.SyntaxTree.GetText(), place.SpanStart);
        return string.Join(agent.Style.NewLine + indent, Own(plan).Where(symbol => KeptPlaces.Of(plan, symbol) == place)
            .Select(symbol => $"{(Field(plan, symbol) == symbol.Name ? "this." : string.Empty)}{Field(plan, symbol)} = {symbol.Name};"));
    }

    /// <summary>What stands in a load for a parameter or local of the constructor.</summary>
    public string? NameFor(LazyPlan plan, ISymbol symbol) =>
        plan.Inputs.Kept.TryGetValue(symbol, out var existing) ? existing : plan.Inputs.Outer.ContainsKey(symbol) ? Field(plan, symbol) : null;

    private static IEnumerable<ISymbol> Needed(LazyPlan plan) =>
        plan.Inputs.Outer.Keys.Where(symbol => !plan.Inputs.Kept.ContainsKey(symbol)).OrderBy(symbol => symbol.Name, StringComparer.Ordinal);

    private IEnumerable<ISymbol> Own(LazyPlan plan) => Needed(plan).Where(symbol => fields[(KeptPlaces.Of(plan, symbol)!.Parent!, symbol.Name)].First == plan);

    private string Field(LazyPlan plan, ISymbol symbol) => fields[(KeptPlaces.Of(plan, symbol)!.Parent!, symbol.Name)].Name;

    private string TypeOf(LazyPlan plan, ISymbol symbol)
    {
        var type = symbol is IParameterSymbol parameter ? parameter.Type : ((ILocalSymbol)symbol).Type;
        var place = plan.Inputs.Outer[symbol];
        var flow = agent.ModelOf(place).GetTypeInfo(place).Nullability.FlowState;
        if (flow == NullableFlowState.NotNull)
            type = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        return type.ToMinimalDisplayString(agent.ModelOf(plan.Declaration), NullableFlowState.None, plan.Declaration.SpanStart);
    }
}
