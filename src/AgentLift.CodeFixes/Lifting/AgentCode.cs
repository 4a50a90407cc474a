using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting.Searching;
using AgentLift.Core.Assessment;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>One agent as a rewriter sees it: what was found in it, and the code that a person wrote of it.</summary>
internal sealed class AgentCode
{
    private readonly Dictionary<SyntaxTree, SemanticModel> models = [];
    private readonly Lazy<ImmutableArray<SettledEvidence>> settled;
    private readonly Lazy<AgentSigns> signs;

    public AgentCode(Project project, Compilation compilation, AgentFindings findings, TypeFacts facts, ClassDeclarationSyntax declaration, LiftOptions options)
    {
        Project = project;
        Options = options;
        Compilation = compilation;
        Findings = findings;
        Facts = facts;
        Declaration = declaration;
        IsOnBaseAgent = Derives(findings.Type, compilation.GetTypeByMetadataName("AgentLift.Runtime.BaseAgent"));
        settled = new Lazy<ImmutableArray<SettledEvidence>>(() => [.. findings.Evidence.Select(SettledEvidence.Of)]);
        signs = new Lazy<AgentSigns>(() => new AgentSigns(this));
        Style = SourceStyle.Of(declaration, declaration.SyntaxTree.GetText());
    }

    public Project Project { get; }

    /// <summary>What it is known by while its code changes.</summary>
    public AgentKey Key => AgentKey.Of(Project, Type);

    public Solution Solution => Project.Solution;

    public LiftOptions Options { get; }

    public Compilation Compilation { get; }

    public AgentFindings Findings { get; }

    public TypeFacts Facts { get; }

    /// <summary>The first part that a person wrote; new members go there.</summary>
    public ClassDeclarationSyntax Declaration { get; }

    /// <summary>The part that has the primary constructor; the one for new members where there is none.</summary>
    public ClassDeclarationSyntax Header => Type.DeclaringSyntaxReferences.Select(part => part.GetSyntax()).OfType<ClassDeclarationSyntax>().FirstOrDefault(part => part.ParameterList is not null) ?? Declaration;

    public SourceStyle Style { get; }

    public INamedTypeSymbol Type => Findings.Type;

    /// <summary>Whether it derives from the runtime's BaseAgent, as the code stands.</summary>
    public bool IsOnBaseAgent { get; }

    /// <summary>Whether who wrote it begins the names of fields with an underscore. Source generators do so, whoever wrote the class.</summary>
    public bool UnderscoresFields => Type.GetMembers().OfType<IFieldSymbol>()
        .Any(member => !member.IsImplicitlyDeclared && member.Name.StartsWith("_", StringComparison.Ordinal) && member.Locations.Any(place => place.SourceTree is { } tree && HandWritten.Contains(tree)));

    /// <summary>Whether all others can see it.</summary>
    public bool IsVisible => SelfAndOuter(Type).All(type => type.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal);

    /// <summary>Whether it belongs to a library with a description, as packages have: others than this solution use it, and what they call must stay.</summary>
    public bool IsPublished => IsVisible && Compilation.Options.OutputKind == OutputKind.DynamicallyLinkedLibrary
        && Compilation.Assembly.GetAttributes().Any(attribute => attribute is { AttributeClass.Name: "AssemblyDescriptionAttribute", ConstructorArguments: [{ Value: string { Length: > 0 } }] });

    /// <summary>Whether the runtime runs it, itself or by an adapter; only such an agent has come through a stage. A BaseAgent of somebody else's is not the runtime's.</summary>
    public bool IsRun => !EvidenceOf(RuleIds.NotABaseAgent).Any() && (IsOnBaseAgent || Type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "RunByAttribute"));

    /// <summary>Its <c>[LiftedAgent]</c> attribute.</summary>
    public AttributeData? Marker => MigrationMarker.Find(Type);

    /// <summary>The stage that its marker claims.</summary>
    public MigrationStage MarkedStage => Marker is { } marker && MigrationMarker.ClaimOf(marker) is { } claim ? claim : MigrationStage.None;

    /// <summary>What the compiler knows of the file that a node is in; it binds each function once, whoever asks.</summary>
    public SemanticModel ModelOf(SyntaxNode node)
    {
        if (!models.TryGetValue(node.SyntaxTree, out var model))
            models[node.SyntaxTree] = model = Compilation.GetSemanticModel(node.SyntaxTree);
        return model;
    }

    /// <summary>What tells a pass from afar whether it has anything to do.</summary>
    public AgentSigns Signs => signs.Value;

    /// <summary>What is found in it, to be kept when its code is gone; worked out when first asked for.</summary>
    public ImmutableArray<SettledEvidence> Settled => settled.Value;

    /// <summary>What passes that had nothing to write said of it; they have nothing to write the next time either.</summary>
    public ConcurrentDictionary<AgentPass, ImmutableArray<Obstacle>> Left { get; } = new();

    /// <summary>Whether it is the same in other code that has the same files of it: what it reaches, and what reaches it, is the same too.</summary>
    public async Task<bool> HoldsInAsync(Solution solution)
    {
        var here = await FileGraph.OfAsync(Solution).ConfigureAwait(false);
        var there = await FileGraph.OfAsync(solution).ConfigureAwait(false);
        return here.Around(Type).IsSame(there.Around(Type));
    }

    /// <summary>The findings of a rule, by position.</summary>
    public IEnumerable<Evidence> EvidenceOf(string ruleId) => Findings.Evidence.Where(evidence => evidence.Rule.Id == ruleId);

    /// <summary>A name that nothing in the class bears, beginning with the one wanted.</summary>
    public string FreeName(string wanted, ISet<string> taken)
    {
        var name = wanted;
        for (var i = 2; taken.Contains(name) || IsBorne(name); i++)
            name = wanted + i;
        taken.Add(name);
        return name;
    }

    // By a member, a nested type, or what it inherits.
    private bool IsBorne(string name)
    {
        if (Type.MemberNames.Contains(name))
            return true;
        for (var type = Type; type is not null; type = type.BaseType)
        {
            if (!type.GetTypeMembers(name).IsEmpty || (!SymbolEqualityComparer.Default.Equals(type, Type) && type.GetMembers(name).Any(member => member.DeclaredAccessibility != Accessibility.Private)))
                return true;
        }

        return false;
    }

    private static bool Derives(INamedTypeSymbol type, INamedTypeSymbol? from)
    {
        for (var parent = type.BaseType; parent is not null && from is not null; parent = parent.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(parent, from))
                return true;
        }

        return false;
    }

    private static IEnumerable<INamedTypeSymbol> SelfAndOuter(INamedTypeSymbol type)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
            yield return outer;
    }
}
