using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Runtime.Tests;

/// <summary>What users may type. A change here is a promise made or broken, so that it must be seen in review.</summary>
public class PublicSurfaceTests
{
    private static readonly SymbolDisplayFormat TypeFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat MemberFormat = TypeFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeExtensionThis)
        .WithKindOptions(SymbolDisplayKindOptions.None);

    private static readonly SymbolDisplayFormat BaseFormat = TypeFormat.WithKindOptions(SymbolDisplayKindOptions.None);

    [Fact]
    public void The_public_surface_is_as_approved() =>
        Surface().ShouldMatchApproved(options => options.WithFileExtension(".txt").SubFolder("Snapshots").NoDiff());

    [Fact]
    public void Every_public_member_is_documented()
    {
        var runtime = Load(out var documentation);

        var silent = PublicTypes(runtime.GlobalNamespace)
            .SelectMany(type => Members(type).Prepend(type))
            .Where(member => member.GetDocumentationCommentId() is { } id && !documentation.Contains($"\"{id}\"", StringComparison.Ordinal))
            .Where(member => member is not IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true })
            .Where(member => !IsOfRecord(member))
            .Select(member => member.ToDisplayString());

        silent.ShouldBeEmpty();
    }

    private static string Surface()
    {
        var text = new StringBuilder();
        foreach (var type in PublicTypes(Load(out _).GlobalNamespace).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal))
        {
            var bases = type.Interfaces.Where(face => face.DeclaredAccessibility == Accessibility.Public).Select(face => face.ToDisplayString(BaseFormat)).Order(StringComparer.Ordinal).ToList();
            if (type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: not SpecialType.System_Object } parent })
                bases.Insert(0, parent.ToDisplayString(BaseFormat));
            var modifiers = type switch
            {
                { TypeKind: not TypeKind.Class } => string.Empty,
                { IsStatic: true } => "static ",
                { IsAbstract: true } => "abstract ",
                { IsSealed: true } => "sealed ",
                _ => string.Empty,
            };
            text.Append(modifiers).Append(type.ToDisplayString(TypeFormat));
            if (bases.Count > 0)
                text.Append(" : ").AppendJoin(", ", bases);
            text.Append('\n');
            foreach (var member in Members(type).Where(member => !IsOfRecord(member)).Select(member => member.ToDisplayString(MemberFormat)).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
            text.Append('\n');
        }

        return text.ToString();
    }

    private static IAssemblySymbol Load(out string documentation)
    {
        var path = typeof(BaseAgent).Assembly.Location;
        documentation = File.ReadAllText(Path.ChangeExtension(path, ".xml"));
        var platform = Assembly.Load("System.Runtime").Location;
        var references = Directory.EnumerateFiles(Path.GetDirectoryName(platform)!, "*.dll")
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll"))
            .Concat(Directory.EnumerateFiles(Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Connections.ConnectionContext).Assembly.Location)!, "*.dll"))
            .DistinctBy(Path.GetFileName)
            .Where(file => file != path)
            .Select(file => MetadataReference.CreateFromFile(file));
        var runtime = MetadataReference.CreateFromFile(path);
        return (IAssemblySymbol)CSharpCompilation.Create("Surface", references: [runtime, .. references]).GetAssemblyOrModuleSymbol(runtime)!;
    }

    private static IEnumerable<INamedTypeSymbol> PublicTypes(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamespaceSymbol inner => PublicTypes(inner),
        INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => PublicTypes(type).Prepend(type),
        _ => [],
    });

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        member is not INamedTypeSymbol
        && member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && !(type.TypeKind == TypeKind.Enum && member is IMethodSymbol)
        && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove });

    /// <summary>What the compiler adds to a record.</summary>
    // Of a record struct, metadata says only which members the compiler has made.
    private static bool IsOfRecord(ISymbol member) => (member.ContainingType is { IsRecord: true } || member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute"))
        && member is IMethodSymbol { Name: "Equals" or "GetHashCode" or "ToString" or "<Clone>$" or "Deconstruct" or "op_Equality" or "op_Inequality" or "PrintMembers" } or IPropertySymbol { Name: "EqualityContract" } or IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [{ Name: "original" }] };
}
