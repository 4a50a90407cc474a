using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>The events, sources and registrations by which a program learns of its end.</summary>
internal sealed class WaitHandles
{
    private readonly EntryPoint entry;
    private readonly StatementRole[] roles;
    private readonly List<ISymbol> handles = [];

    private WaitHandles(EntryPoint entry, StatementRole[] roles) => (this.entry, this.roles) = (entry, roles);

    /// <summary>Finds what a program could wait for, and marks where it is declared.</summary>
    public static WaitHandles Find(EntryPoint entry, StatementRole[] roles)
    {
        var found = new WaitHandles(entry, roles);
        for (var i = 0; i < roles.Length; i++)
        {
            if (entry.Statements[i] is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax creation } variable] }
                && Waiting.IsHandleType(entry.Model.GetTypeInfo(creation).Type) && entry.Model.GetDeclaredSymbol(variable) is { } handle)
            {
                found.handles.Add(handle);
                roles[i] = StatementRole.Signal;
            }
        }

        return found;
    }

    public bool Contains(ISymbol? symbol) => symbol is not null && handles.Contains(symbol, SymbolEqualityComparer.Default);

    /// <summary>The variables of all statements that go with the wait.</summary>
    public HashSet<ISymbol> Signals()
    {
        var signals = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var i = 0; i < roles.Length; i++)
        {
            if (roles[i] == StatementRole.Signal && entry.Statements[i] is LocalDeclarationStatementSyntax { Declaration.Variables: [var variable] } && entry.Model.GetDeclaredSymbol(variable) is { } local)
                signals.Add(local);
        }

        return signals;
    }

    /// <summary>The statement disposes one of them.</summary>
    public bool DisposesSignal(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "Close", Expression: IdentifierNameSyntax name } } }
        && entry.Model.GetSymbolInfo(name).Symbol is { } symbol && Signals().Contains(symbol);

    /// <summary>An event or source that neither a wait nor a handler knows is the program's own.</summary>
    public void LeaveUnwaited(Waiting waiting)
    {
        for (var i = 0; i < roles.Length; i++)
        {
            if (roles[i] != StatementRole.Signal || entry.Statements[i] is not LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax } variable] }
                || entry.Model.GetDeclaredSymbol(variable) is not { } handle || IsWaitedFor(handle, i, waiting))
            {
                continue;
            }

            roles[i] = StatementRole.Other;
            for (var other = i + 1; other < roles.Length; other++)
            {
                if (roles[other] == StatementRole.Signal && !waiting.IsHandler(entry.Statements[other]) && entry.Model.Mentions(entry.Statements[other], handle))
                    roles[other] = StatementRole.Other;
            }
        }
    }

    private bool IsWaitedFor(ISymbol handle, int declared, Waiting waiting) => Enumerable.Range(0, roles.Length).Any(other =>
        other != declared && entry.Model.Mentions(entry.Statements[other], handle)
        && (roles[other] is not (StatementRole.Other or StatementRole.Signal) || waiting.IsHandler(entry.Statements[other])));
}
