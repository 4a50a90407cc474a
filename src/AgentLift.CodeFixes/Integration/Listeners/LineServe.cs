using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>The code that serves one connection, where it does nothing but answer each line that it reads.</summary>
/// <param name="Answer">What is done with one line, without what reads it.</param>
/// <param name="Line">The line's variable.</param>
/// <param name="Token">The name of the cancellation token that the code uses, if it has one.</param>
/// <param name="Sockets">The variables of the connection.</param>
internal sealed record LineServe(IReadOnlyList<StatementSyntax> Answer, ISymbol Line, string? Token, LineSockets Sockets);

/// <summary>Reads the code that serves one connection.</summary>
internal sealed class LineServeReader(AgentSource source, StopSignals signals)
{
    private readonly LineSockets sockets = new(source);
    private readonly HashSet<ISymbol> free = new(SymbolEqualityComparer.Default);
    private IReadOnlyList<StatementSyntax>? answer;
    private ISymbol? line;
    private string? token;

    /// <summary>Why the code is no plain answering of lines.</summary>
    public string? Reason { get; private set; }

    /// <summary>Reads code that serves a connection.</summary>
    /// <param name="serve">The code.</param>
    /// <param name="isClient">Tells the parameters that stand for the client.</param>
    public LineServe? Read(RunFunction serve, Func<ExpressionSyntax, bool> isClient)
    {
        foreach (var (parameter, value) in serve.Arguments)
        {
            if (value is not null && isClient(value))
                sockets.AddClient(parameter);
            else if (parameter.Type.Name == nameof(CancellationToken))
                token = parameter.Name;
            else if (value is not null || serve.Name is not null)
                return Doubt($"{Named(serve)} is given more than its connection ({parameter.Name})");
        }

        return serve.Body is BlockSyntax block ? Finish(block.Statements, Named(serve)) : Doubt($"{Named(serve)} does not answer line by line");
    }

    /// <summary>Reads code that serves a connection where it accepts it.</summary>
    public LineServe? ReadInline(AnonymousFunctionExpressionSyntax? lambda, IEnumerable<StatementSyntax> statements, ISymbol client)
    {
        sockets.AddClient(client);
        return Finish(statements, lambda is null ? "the accept loop" : "what serves a connection");
    }

    private LineServe? Finish(IEnumerable<StatementSyntax> statements, string name)
    {
        if (!TakeAll(statements))
        {
            Reason ??= sockets.Reason ?? $"{name} does more than to answer each line with a line";
            return null;
        }

        return answer is null || line is null ? Doubt($"{name} does not answer line by line") : new LineServe(answer, line, token, sockets);
    }

    private bool TakeAll(IEnumerable<StatementSyntax> statements) => statements.All(Take);

    private bool Take(StatementSyntax statement)
    {
        if (sockets.IsClosing(statement) || BackgroundCalls.IsRegistration(statement) || statement is EmptyStatementSyntax)
            return true;
        if (answer is not null)
            return statement is ReturnStatementSyntax { Expression: null } || Remark(statement);
        return statement switch
        {
            BlockSyntax block => TakeAll(block.Statements),
            UsingStatementSyntax { Declaration: { } declared } use => declared.Variables.All(TakeVariable) && Take(use.Statement),
            UsingStatementSyntax { Expression: { } used } use => (sockets.IsClient(used) || sockets.IsStream(used) || sockets.IsReader(used) || sockets.IsWriter(used)) && Take(use.Statement),
            TryStatementSyntax attempt => Take(attempt.Block) && TakeCatches(attempt) && (attempt.Finally is null || TakeAll(attempt.Finally.Block.Statements)),
            LocalDeclarationStatementSyntax { Declaration: var declaration } => declaration.Variables.All(TakeVariable),
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } => TakeAssignment(assignment),
            WhileStatementSyntax loop => TakeWhile(loop.Condition, loop.Statement),
            ForStatementSyntax { Declaration: null, Condition: null, Initializers.Count: 0, Incrementors.Count: 0 } loop => TakeEndless(loop.Statement),
            ForStatementSyntax loop => TakeFor(loop),
            _ => Remark(statement),
        };
    }

    private bool TakeVariable(VariableDeclaratorSyntax variable)
    {
        if (source.Declared(variable) is not { } symbol)
            return false;
        if (variable.Initializer is not { } initializer)
        {
            free.Add(symbol);
            return true;
        }

        return sockets.TryDeclare(symbol, initializer.Value) || (sockets.Reason is null && Remark(variable));
    }

    private bool TakeAssignment(AssignmentExpressionSyntax assignment) =>
        sockets.TrySet(assignment) || (source.SymbolOf(assignment.Left) is { } variable && free.Contains(variable) && sockets.TryDeclare(variable, assignment.Right)) || (sockets.Reason is null && Remark(assignment));

    private bool TakeCatches(TryStatementSyntax attempt) =>
        source.OnlyTell(attempt.Catches) || Remark(attempt.Catches.First(clause => !clause.Block.Statements.All(source.OnlyTells)));

    // while ((line = reader.ReadLine()) != null), while (reader.ReadLine() is { } line), while (!reader.EndOfStream), while (true)
    private bool TakeWhile(ExpressionSyntax condition, StatementSyntax body)
    {
        condition = AgentSource.Unwrapped(condition);
        if (condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both)
        {
            if (signals.IsStop(both.Left))
                return TakeWhile(both.Right, body);
            return signals.IsStop(both.Right) && TakeWhile(both.Left, body);
        }

        if (ReadIn(condition, out var named) && named is not null)
            return TakeBody(named, body);
        if (condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EndOfStream" } end } && sockets.IsReader(end.Expression))
            return TakeEndless(body, endIsTested: true);
        return (source.ConstantOf(condition) is true || signals.IsStop(condition)) && TakeEndless(body);
    }

    // for (var line = reader.ReadLine(); line != null; line = reader.ReadLine())
    private bool TakeFor(ForStatementSyntax loop) =>
        loop is { Declaration.Variables: { Count: 1 } variables, Condition: { } condition, Incrementors: { Count: 1 } next }
        && variables[0].Initializer is { } first && IsRead(first.Value)
        && source.Declared(variables[0]) is { } variable && IsNotNull(condition, variable)
        && next[0] is AssignmentExpressionSyntax assignment && SymbolEqualityComparer.Default.Equals(source.SymbolOf(assignment.Left), variable) && IsRead(assignment.Right)
        && TakeBody(variable, loop.Statement);

    // for (;;) { var line = reader.ReadLine(); if (line == null) break; ... }
    private bool TakeEndless(StatementSyntax body, bool endIsTested = false)
    {
        if (body is not BlockSyntax block)
            return false;
        var statements = block.Statements.ToList();
        ISymbol? read = null;
        while (statements.Count > 0 && read is null)
        {
            switch (statements[0])
            {
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is null:
                    free.Add(source.Declared(variables[0])!);
                    break;
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is { } initializer && IsRead(initializer.Value):
                    read = source.Declared(variables[0]);
                    break;
                case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when IsRead(assignment.Right) && source.SymbolOf(assignment.Left) is { } variable && free.Contains(variable):
                    read = variable;
                    break;
                case TryStatementSyntax { Finally: null, Block.Statements: { Count: 1 } only } attempt when source.OnlyTell(attempt.Catches)
                    && attempt.Catches.All(clause => clause.Block.Statements.LastOrDefault() is ReturnStatementSyntax or BreakStatementSyntax)
                    && only[0] is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } && IsRead(assignment.Right) && source.SymbolOf(assignment.Left) is { } variable && free.Contains(variable):
                    read = variable;
                    break;
                default:
                    return Remark(statements[0]);
            }

            statements.RemoveAt(0);
        }

        if (read is null)
            return false;
        if (statements.Count > 0 && statements[0] is IfStatementSyntax { Else: null } leave && IsNull(leave.Condition, read) && IsLeaving(leave.Statement))
            statements.RemoveAt(0);
        else if (!endIsTested)
            return false;
        return statements.Count > 0 && TakeBody(read, statements);
    }

    private bool TakeBody(ISymbol variable, StatementSyntax body) => TakeBody(variable, body is BlockSyntax block ? [.. block.Statements] : new List<StatementSyntax> { body });

    private bool TakeBody(ISymbol variable, List<StatementSyntax> statements)
    {
        line = variable;
        sockets.AddLine(variable);
        answer = statements;
        return true;
    }

    private bool ReadIn(ExpressionSyntax condition, out ISymbol? variable)
    {
        variable = null;
        switch (condition)
        {
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } } compare
                when AgentSource.Unwrapped(compare.Left) is AssignmentExpressionSyntax assignment && IsRead(assignment.Right):
                variable = source.SymbolOf(assignment.Left);
                break;
            case IsPatternExpressionSyntax { Expression: var read, Pattern: var pattern }:
                if (AgentSource.Unwrapped(read) is AssignmentExpressionSyntax assigned && IsRead(assigned.Right) && pattern is UnaryPatternSyntax { Pattern: ConstantPatternSyntax } or RecursivePatternSyntax { PropertyPatternClause.Subpatterns.Count: 0, Designation: null })
                    variable = source.SymbolOf(assigned.Left);
                else if (IsRead(read) && Designation(pattern) is { } designation)
                    variable = source.Declared(designation);
                break;
        }

        return variable is ILocalSymbol;
    }

    private static SingleVariableDesignationSyntax? Designation(PatternSyntax pattern) => pattern switch
    {
        RecursivePatternSyntax { PropertyPatternClause.Subpatterns.Count: 0, Designation: SingleVariableDesignationSyntax named } => named,
        DeclarationPatternSyntax { Designation: SingleVariableDesignationSyntax named } => named,
        _ => null,
    };

    private bool IsRead(ExpressionSyntax expression) =>
        AgentSource.CallIn(AgentSource.Awaited(expression)) is ("ReadLine" or "ReadLineAsync", { } receiver, _) && sockets.IsReader(receiver);

    private bool IsNotNull(ExpressionSyntax condition, ISymbol variable) => condition switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } compare => Compares(compare, variable),
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax } } match => SymbolEqualityComparer.Default.Equals(source.SymbolOf(match.Expression), variable),
        _ => false,
    };

    private bool IsNull(ExpressionSyntax condition, ISymbol variable) => condition switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } compare => Compares(compare, variable),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } } } match => SymbolEqualityComparer.Default.Equals(source.SymbolOf(match.Expression), variable),
        _ => false,
    };

    private bool Compares(BinaryExpressionSyntax compare, ISymbol variable) =>
        compare.Right is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } && SymbolEqualityComparer.Default.Equals(source.SymbolOf(compare.Left), variable);

    private static bool IsLeaving(StatementSyntax statement) => statement is BreakStatementSyntax or ReturnStatementSyntax { Expression: null }
        || (statement is BlockSyntax { Statements: { Count: 1 } only } && IsLeaving(only[0]));

    private bool Remark(SyntaxNode node)
    {
        var text = node.ToString().Split('\n')[0].Trim();
        Reason ??= sockets.Reason ?? $"it does more for a connection than to answer its lines: {(text.Length > 60 ? text.Substring(0, 60) + "..." : text)}";
        return false;
    }

    private LineServe? Doubt(string reason)
    {
        Reason ??= reason;
        return null;
    }

    private static string Named(RunFunction serve) => serve.Name?.Identifier.ValueText ?? "what serves a connection";
}
