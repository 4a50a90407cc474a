using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Data;

/// <summary>One connection that an agent keeps in a field, and all that it does with it.</summary>
internal sealed class KeptConnection(NamedSource source, IFieldSymbol? field, BaseObjectCreationExpressionSyntax? creation)
{
    // What lives as long as its connection, or tells of the last thing that was done on it.
    private static readonly string[] SessionWords =
        ["temp", "temporary", "pragma", "attach", "begin", "commit", "rollback", "savepoint", "last_insert_rowid", "changes", "total_changes", "listen", "notify", "advisory", "scope_identity", "identity", "rowcount", "set", "use", "cursor", "prepare", "lastval", "currval",
            "last_insert_id", "found_rows", "row_count", "get_lock", "release_lock", "lock", "unlock", "sp_getapplock", "session"];

    private readonly List<StatementSyntax> ends = [];
    private readonly List<(StatementSyntax Statement, ExpressionSyntax Connection)> commands = [];
    private readonly List<ExpressionSyntax> locks = [];
    private string? reason;

    /// <summary>The statements that make, open and close it.</summary>
    public IReadOnlyList<StatementSyntax> Ends => ends;

    /// <summary>The commands that run on it: the statement that makes one, and where that names the connection.</summary>
    public IReadOnlyList<(StatementSyntax Statement, ExpressionSyntax Connection)> Commands => commands;

    /// <summary>Where it is locked.</summary>
    public IReadOnlyList<ExpressionSyntax> Locks => locks;

    /// <summary>Reads all that is done with it.</summary>
    /// <returns>Why it stays; <see langword="null"/> where nothing in the agent is against opening it for each command.</returns>
    public string? Obstacle() => Read() ? null : reason ?? "how the connection is used is not known here";

    private bool Read()
    {
        if (field is null || creation is null || field is not { DeclaredAccessibility: Accessibility.Private, IsStatic: false }
            || field.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax } })
        {
            return Doubt("it is not kept in a private field of its own");
        }

        if (creation.ArgumentList is not { Arguments: { Count: 1 } arguments } || creation.Initializer is not null || source.ConstantOf(arguments[0].Expression) is not string text)
            return Doubt($"what {field.Name} connects to is not known here, and a database in memory would be lost with its connection");
        if (text.IndexOf(":memory:", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("mode=memory", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("pooling=false", StringComparison.OrdinalIgnoreCase) >= 0 || text.Trim().TrimEnd(';').EndsWith("=", StringComparison.Ordinal))
            return Doubt($"the database of {field.Name} lives in memory, or its connections are not pooled");
        if (arguments[0].DescendantNodes().OfType<SimpleNameSyntax>().Any(name => source.SymbolOf(name) is ILocalSymbol or IParameterSymbol))
            return Doubt($"what {field.Name} connects to is known only where it is made");
        if (!source.ReferencesTo(field).All(Take) || !SqlIsFreeOfSessions())
            return false;
        return commands.Count > 0 || Doubt($"{field.Name} runs no command here");
    }

    private bool Take(SimpleNameSyntax reference)
    {
        var whole = source.Whole(reference);
        switch (whole.Parent)
        {
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement } assignment when assignment.Left == whole && assignment.Right == creation:
                ends.Add(statement);
                return true;
            case LockStatementSyntax guarded when guarded.Expression == whole:
                locks.Add(whole);
                return true;
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Expression == whole:
                return TakeCall(whole, access.Name.Identifier.ValueText, call);
            case ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "Close" } }, Parent: ExpressionStatementSyntax statement }:
                ends.Add(statement);
                return true;
            default:
                return Doubt($"{field!.Name} is used for more than to run commands: {whole.Parent!.ToString().Split('\n')[0].Trim()}");
        }
    }

    private bool TakeCall(ExpressionSyntax connection, string name, InvocationExpressionSyntax call)
    {
        if (name is "Open" or "Close" or "Dispose" && call.Parent is ExpressionStatementSyntax statement)
        {
            ends.Add(statement);
            return true;
        }

        // using var command = _db.CreateCommand(); using (var command = _db.CreateCommand()) ...
        if (name == "CreateCommand" && call.Parent is EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration })
        {
            if (declaration.Parent is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: BlockSyntax } local && !IsHandedOn(declaration))
            {
                commands.Add((local, connection));
                return true;
            }

            if (declaration.Parent is UsingStatementSyntax { Parent: BlockSyntax or UsingStatementSyntax or LockStatementSyntax } use && !IsHandedOn(declaration))
            {
                commands.Add((use, connection));
                return true;
            }
        }

        return Doubt(name is "BeginTransaction" or "BeginTransactionAsync"
            ? $"{field!.Name} runs transactions: let one connection do the whole of each, by hand"
            : $"{field!.Name} is used for more than to run commands: {call.ToString().Split('\n')[0].Trim()}");
    }

    // A command or reader that leaves its block would outlive its connection.
    private bool IsHandedOn(VariableDeclarationSyntax declaration)
    {
        if (source.Declared(declaration.Variables[0]) is not ILocalSymbol command || NamedSource.FunctionAround(declaration) is not { } function)
            return true;
        var made = function.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Identifier.ValueText == command.Name && SymbolEqualityComparer.Default.Equals(source.SymbolOf(name), command));
        return made.Any(name => name.Parent is not MemberAccessExpressionSyntax access || access.Expression != name
            || access.Parent is InvocationExpressionSyntax { Parent: ReturnStatementSyntax or ArrowExpressionClauseSyntax } && access.Name.Identifier.ValueText.StartsWith("ExecuteReader", StringComparison.Ordinal));
    }

    // All that the commands say must be seen: constants, also by way of a private method's parameter.
    private bool SqlIsFreeOfSessions()
    {
        foreach (var function in commands.Select(command => NamedSource.FunctionAround(command.Statement)!).Distinct())
        {
            foreach (var assignment in function.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => assignment.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CommandText" }))
            {
                if (TextsOf(assignment.Right, function) is not { } texts)
                    return Doubt($"{assignment.Right} is SQL that is not known here, and may depend on its connection");
                if (texts.SelectMany(Words).FirstOrDefault(word => SessionWords.Contains(word)) is { } session)
                    return Doubt($"'{session}' in its SQL depends on its connection");
                if (texts.Any(text => text.Contains("#") || text.Contains(":=")))
                    return Doubt("a temporary table or variable in its SQL ('#', ':=') depends on its connection");
            }
        }

        return true;
    }

    private List<string>? TextsOf(ExpressionSyntax value, SyntaxNode function)
    {
        if (source.ConstantOf(value) is string text)
            return [text];
        if (source.SymbolOf(value) is not IParameterSymbol { ContainingSymbol: IMethodSymbol { DeclaredAccessibility: Accessibility.Private } method } parameter || function is not MethodDeclarationSyntax)
            return null;
        var texts = new List<string>();
        foreach (var reference in source.ReferencesTo(method))
        {
            if (source.Whole(reference).Parent is not InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } || arguments.Count <= parameter.Ordinal || source.ConstantOf(arguments[parameter.Ordinal].Expression) is not string given)
                return null;
            texts.Add(given);
        }

        return texts;
    }

    private static IEnumerable<string> Words(string sql)
    {
        // "update t set a = 1" and "on conflict do update set" change rows, not the session.
        var words = sql.ToLowerInvariant().Split(sql.ToLowerInvariant().Where(letter => !char.IsLetterOrDigit(letter) && letter != '_').Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries);
        return words.Where((word, i) => word != "set" || i == 0);
    }

    private bool Doubt(string why)
    {
        reason ??= why;
        return false;
    }
}
