using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>Looks through the code that runs while a scope is open: statements, and the functions of the same project that they call, as far as these know the library.</summary>
internal sealed class RoundReach(Compilation compilation, NativeLibrary library)
{
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "call", "forward", "invoke", "eval", "train", "zero_grad", "parameters", "named_parameters", "buffers", "named_buffers", "ToString", "GetType", "Equals", "GetHashCode",
    };

    private readonly HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);

    /// <summary>Why a scope around some statements would end what must live on; <see langword="null"/> where it would not.</summary>
    public string? Obstacle(IReadOnlyList<IOperation> statements) => Obstacle(statements, isCalled: false);

    /// <summary>The operation awaits something.</summary>
    public static bool Awaits(IOperation operation) => operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true };

    private string? Obstacle(IReadOnlyList<IOperation> code, bool isCalled)
    {
        var uses = new NativeUse(library, compilation, code, isCalled);
        var all = code.SelectMany(statement => statement.DescendantsAndSelf()).ToList();
        if (isCalled && uses.IsAny && all.Exists(operation => Awaits(operation) || operation is IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }))
            return "it calls a function that makes tensors and does not end with the call";
        return uses.Obstacle() ?? all.Select(ObstacleOf).FirstOrDefault(obstacle => obstacle is not null);
    }

    private string? ObstacleOf(IOperation operation) => operation switch
    {
        IDynamicInvocationOperation or IDynamicObjectCreationOperation or IDynamicIndexerAccessOperation => $"what '{operation.Syntax}' runs is known at run time only",
        IInvocationOperation call when library.Has(call.TargetMethod.ContainingType) => OfLibrary(call),
        IInvocationOperation call => OfCall(call.TargetMethod, call.Syntax),
        IObjectCreationOperation { Type: { } type } when library.IsModel(type) || (library.Has(type) && IsDisposable(type) && !library.IsTensor(type)) => Made(type),
        IObjectCreationOperation { Constructor: { } constructor, Type: { } type } => !compilation.Declares(type) || IsDelegate(type) ? null : InitialisesNative(type) ? Unknown(type.Name) : OfCall(constructor, operation.Syntax),
        IMemberReferenceOperation { Member: { IsStatic: true } member } when compilation.Declares(member) && library.Holds(operation.Type) && IsMadeOnTouch(operation, member) => $"'{member.Name}' is static and may be made in the round: touch it before the loop",
        IPropertyReferenceOperation { Property: { ContainingType: { Name: "Lazy" } } property } when library.Holds(property.Type) || library.IsModel(property.Type) => $"'{operation.Syntax}' may be loaded in the round, and what is loaded in a scope ends with it: load it before the loop",
        IPropertyReferenceOperation { Property: { } property } when !library.Has(property.ContainingType) => OfProperty(property, operation.Syntax),
        IBinaryOperation { OperatorMethod: { } method } when !library.Has(method.ContainingType) => OfCall(method, operation.Syntax),
        IConversionOperation { OperatorMethod: { } method } when !library.Has(method.ContainingType) => OfCall(method, operation.Syntax),
        _ => null,
    };

    // A tensor may be asked anything; a model works, and does not change.
    private string? OfLibrary(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var receiver = (method.IsExtensionMethod && call.Instance is null && call.Arguments.Length > 0 ? call.Arguments[0].Value.Unwrapped() : call.Instance?.Unwrapped())?.Type;
        if (library.Loads(method) || (receiver is null && call.Type is { } made && (library.IsModel(made) || (library.Has(made) && IsDisposable(made) && !library.IsTensor(made) && !library.Opens(method)))))
            return Made(call.Type!);
        if (receiver is null || library.IsTensor(receiver) || !(library.IsModel(receiver) || (library.Has(receiver) && receiver.IsReferenceType && IsDisposable(receiver))))
            return null;
        if (!library.IsModel(receiver) || !Harmless.Contains(method.Name))
            return $"'{method.Name}' of {receiver.Name} may keep tensors that it makes in the round";
        return library.IsClosedModel(receiver) || method.Name is not ("call" or "forward" or "invoke") ? null : $"layers of {receiver.Name} may be of your own and keep tensors";
    }

    private string? OfProperty(IPropertySymbol property, SyntaxNode place) =>
        Accessors(property).Select(accessor => OfCall(accessor, place)).FirstOrDefault(obstacle => obstacle is not null);

    // Without a body it is a field behind a name, or made by a generator, which loads on a thread of its own.
    private IEnumerable<IMethodSymbol> Accessors(IPropertySymbol property) => property is { IsAbstract: false, IsPartialDefinition: false, DeclaringSyntaxReferences.IsEmpty: false } && compilation.Declares(property)
        ? new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>().Where(accessor => !accessor.IsImplicitlyDeclared)
        : [];

    private string? OfCall(IMethodSymbol method, SyntaxNode place)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return $"what '{place}' runs may make tensors that outlive the round";
        if (!compilation.Declares(method))
            return library.IsKnownTo(method.ContainingAssembly) ? Unknown(method.Name) : null;
        if (!seen.Add(method) || IsLogMethod(method))
            return null;
        if (method.IsAbstract || method.IsExtern || (method.IsVirtual || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed)
            return Unknown(method.Name);
        var parts = (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences;
        if (parts.Length != 1)
            return method.IsImplicitlyDeclared ? null : Unknown(method.Name);
        var syntax = parts[0].GetSyntax();
        if (compilation.GetMeaningModel(syntax.SyntaxTree).GetOperation(syntax) is not { } body)
            return method.MethodKind is MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.Constructor ? null : Unknown(method.Name);
        return Obstacle([body], isCalled: true);
    }

    private static bool IsLogMethod(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute");

    private static bool IsDelegate(ITypeSymbol type) => type.TypeKind == TypeKind.Delegate;

    private bool InitialisesNative(ITypeSymbol type) => type.GetMembers().Any(member => member is IFieldSymbol field && library.Holds(field.Type) && IsInitialised(field) || member is IPropertySymbol property && library.Holds(property.Type) && IsInitialised(property));

    private static bool IsInitialised(ISymbol member) => member.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is VariableDeclaratorSyntax { Initializer: not null } or PropertyDeclarationSyntax { Initializer: not null });

    // A class with a static constructor has run it before any of its functions does.
    private static bool IsMadeOnTouch(IOperation use, ISymbol member) => member.ContainingType.StaticConstructors.Any(constructor => !constructor.IsImplicitlyDeclared)
        ? !SymbolEqualityComparer.Default.Equals(use.SemanticModel?.GetEnclosingSymbol(use.Syntax.SpanStart)?.ContainingType, member.ContainingType)
        : IsInitialised(member);

    private static bool IsDisposable(ITypeSymbol type) => type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_IDisposable);

    private static string Made(ITypeSymbol type) => $"{type.Name} is made in the round, and what a model makes in a scope ends with it: make it before the loop";

    private static string Unknown(string name) => $"'{name}' may make tensors that outlive the round; its body is not known here";
}
