using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>What becomes of a field or property.</summary>
internal enum LazyForm
{
    /// <summary>A member of the agent that its generator loads.</summary>
    Member,

    /// <summary>A static <c>Lazy</c>, as static code or several agents share it.</summary>
    Static,

    /// <summary>A getter over a part of another lazy member that never changes.</summary>
    Getter,
}

/// <summary>How a field or property that is filled early is filled when it is first used.</summary>
internal sealed class LazyPlan(LoadTarget target, ExpressionSyntax value)
{
    public LoadTarget Target { get; } = target;

    /// <summary>What is loaded.</summary>
    public ExpressionSyntax Value { get; } = value;

    /// <summary>The statement, or the body that is an expression, which keeps what is loaded; <see langword="null"/> for an initialiser.</summary>
    public SyntaxNode? Assigning { get; init; }

    /// <summary>All statements that go into the load, in their order, the assigning one included.</summary>
    public List<StatementSyntax> Moved { get; } = [];

    /// <summary>The order in which what runs while the agent is made runs; <see langword="null"/> where no statement of it goes into the load.</summary>
    public EarlyOrder? Order { get; set; }

    /// <summary>Fields that the load sets as well.</summary>
    public List<Companion> Companions { get; } = [];

    /// <summary>Fields that the load sets as well, which others read only once they have waited in a gate.</summary>
    public List<IFieldSymbol> SetFields { get; } = [];

    /// <summary>The load does more than load, so that it must not run twice.</summary>
    public bool RunsOnce { get; set; }

    /// <summary>Methods that wait for the load before they do anything else.</summary>
    public List<MethodDeclarationSyntax> Gates { get; } = [];

    /// <summary>Statements that release the value, which the runtime does from now on.</summary>
    public List<SyntaxNode> Released { get; } = [];

    public LoadInputs Inputs { get; } = new();

    public LazyForm Form { get; set; }

    /// <summary>A method of the agent's own that loads it already.</summary>
    public IMethodSymbol? Existing { get; set; }

    public string Name { get; set; } = string.Empty;

    public string LoadName { get; set; } = string.Empty;

    /// <summary>The name of the value while it is being loaded.</summary>
    public string Local { get; set; } = string.Empty;

    public ISymbol Member => Target.Member;

    /// <summary>All code that the load is made of.</summary>
    public IEnumerable<SyntaxNode> Code => Companions.Select(companion => companion.Initial).OfType<SyntaxNode>()
        .Concat(Moved.Contains(Assigning) ? [] : [Value])
        .Concat(Moved);

    public bool IsCompanion(ISymbol member) => Companions.Any(companion => SymbolEqualityComparer.Default.Equals(companion.Field, member));

    /// <summary>The load sets it, itself or as a companion.</summary>
    public bool Sets(ISymbol member) => SymbolEqualityComparer.Default.Equals(Member, member) || IsCompanion(member);

    /// <summary>The static field behind a property that keeps its name; <see langword="null"/> where the field itself becomes lazy.</summary>
    public string? Holder { get; set; }

    /// <summary>Nothing is moved but an expression.</summary>
    public bool IsExpression => Moved.Count == 0 || (Moved.Count == 1 && Moved[0] == Assigning);

    /// <summary>The value is a local that is loaded with it, and keeps its name.</summary>
    public bool IsLocal => Value is IdentifierNameSyntax name && Moved.OfType<LocalDeclarationStatementSyntax>().Any(local => local.Declaration.Variables.Any(variable => variable.Identifier.ValueText == name.Identifier.ValueText));

    /// <summary>The type's own constructor without arguments loads it, so that no method is needed.</summary>
    public bool IsPlainConstruction { get; set; }

    public SyntaxNode Declaration => Member.DeclaringSyntaxReferences[0].GetSyntax().FirstAncestorOrSelf<MemberDeclarationSyntax>()!;

    public TypeSyntax TypeSyntax => Declaration is PropertyDeclarationSyntax property ? property.Type : ((FieldDeclarationSyntax)Declaration).Declaration.Type;

    /// <summary>The declared type, without a mark that it may be null, as its own file writes it.</summary>
    public string TypeText => TypeSyntax is NullableTypeSyntax { ElementType: var element } ? element.ToString() : TypeSyntax.ToString();
}
