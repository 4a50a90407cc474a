using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>The body of a program: top-level statements, or Main.</summary>
/// <param name="Model">The file's meaning.</param>
/// <param name="Main">The method; <see langword="null"/> for top-level statements.</param>
/// <param name="Statements">The statements of the body itself.</param>
internal sealed record EntryPoint(SemanticModel Model, MethodDeclarationSyntax? Main, IReadOnlyList<StatementSyntax> Statements)
{
    public SyntaxTree Tree => Model.SyntaxTree;

    /// <summary>What the arguments are called; <see langword="null"/> where the program takes none.</summary>
    public string? Arguments => Main is null ? "args" : Main.ParameterList.Parameters.FirstOrDefault()?.Identifier.Text;

    /// <summary>The program's place in its source, for what is said of it.</summary>
    public Location Place => Main?.Identifier.GetLocation() ?? Statements[0].GetFirstToken().GetLocation();

    /// <summary>The program that a place stands in, whether in its body itself, deeper, or in a function beside it that it calls; <see langword="null"/> where it stands elsewhere.</summary>
    public static EntryPoint? Around(SyntaxNode place, SemanticModel model, CancellationToken cancellationToken)
    {
        if (place.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is GlobalStatementSyntax or BaseMethodDeclarationSyntax or BaseTypeDeclarationSyntax) is GlobalStatementSyntax { Parent: CompilationUnitSyntax unit })
            return new EntryPoint(model, null, [.. unit.Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement)]);
        if (model.Compilation.GetEntryPoint(cancellationToken) is not { DeclaringSyntaxReferences: [var part] } || part.SyntaxTree != model.SyntaxTree
            || place.FirstAncestorOrSelf<SyntaxNode>(node => node is MethodDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax }) is not { } member)
            return null;
        var entry = part.GetSyntax(cancellationToken) switch
        {
            MethodDeclarationSyntax { Body: { } body } main => new EntryPoint(model, main, [.. body.Statements]),
            CompilationUnitSyntax { Members: var members } => new EntryPoint(model, null, [.. members.OfType<GlobalStatementSyntax>().Select(global => global.Statement)]),
            _ => null,
        };
        return entry is not null && (member == entry.Main || entry.Uses(member)) ? entry : null;
    }

    // A function or table beside the body, in the same file, that the body uses.
    private bool Uses(SyntaxNode member) => Model.GetDeclaredSymbol(member) is { IsStatic: true } symbol && Statements.Any(statement => Model.Mentions(statement, symbol));

    /// <summary>Why its shape cannot await the host; <see langword="null"/> where it can.</summary>
    public string? ShapeObstacle()
    {
        if (Main is null)
            return null;
        if (Main.AttributeLists.Count > 0)
            return "Main has attributes, which an asynchronous Main would lose: register the agents by hand";
        return Main.ReturnType.ToString() is "void" or "int" || Main.Modifiers.Any(SyntaxKind.AsyncKeyword) ? null : "Main returns a task that it does not await itself: make it async first";
    }
}
