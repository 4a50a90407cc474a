using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.LazyDependencies.Plain;

/// <summary>
/// Reads a marked member from its text, and the types that it names from the compiler: nearly all members are as plain as that. Asked for a member or its attributes,
/// the compiler declares every member of the class, in every class of a fleet again at each keystroke. Whatever is not plain, and so whatever is wrong, is left to
/// <see cref="LazyMemberReader"/>, with which this must agree to the letter.
/// </summary>
internal static class PlainMemberReader
{
    /// <summary>The member bears one attribute that is called <c>[LazyDependency]</c>: by any other name it is found by its symbol.</summary>
    public static bool IsMarked(SyntaxNode node) =>
        node is PropertyDeclarationSyntax or MethodDeclarationSyntax && PlainArguments.MarkOf((MemberDeclarationSyntax)node) is not null;

    /// <returns><see langword="null"/> where the text alone does not tell all.</returns>
    public static LazyMember? Read(MemberDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellationToken)
    {
        if (PlainArguments.MarkOf(declaration) is not { } mark
            || PlainForm.NameOf(declaration) is not { } name
            || PartialClass.FirstNotPartial(declaration) is not null
            || declaration.Parent is not ClassDeclarationSyntax part
            || model.GetDeclaredSymbol(part, cancellationToken) is not { } agent
            || !AgentTypes.IsAgent(agent))
        {
            return null;
        }

        var text = new AgentText(agent);
        if (text.MayDeclareByHand
            || text.Only(name) != declaration
            || PlainForm.Of(declaration, model) is not { } form
            || PlainArguments.Of(mark, text, model, PlainForm.TypeOf(declaration)!.SpanStart) is not { } arguments)
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var dependency = arguments.Name ?? name;
        var field = LazySiblings.FieldName(name);
        if (text.Has(field) || !text.IsDistinct(declaration, dependency, field))
            return null;

        var problems = new ProblemList(SourcePlace.Of(declaration.GetLocation()));
        var options = LazyOptions.Read(arguments, name, problems);
        var load = arguments switch
        {
            { IsService: true } => RegisteredService.Check(name, form.Type, arguments.Load, problems),
            { Load: { } method } => PlainLoadMethod.Find(text, method, form, model),
            _ => LoadConstructor.Find(model.Compilation, agent, name, form.Type, problems),
        };
        return problems.IsEmpty && (load is not null || arguments.IsService)
            ? LazyMemberReader.Written(agent, declaration, name, form, field, dependency, load, options)
            : null;
    }
}
