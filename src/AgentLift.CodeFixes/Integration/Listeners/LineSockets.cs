using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>What the code of one connection calls its client, stream, reader and writer, and how they are set.</summary>
internal sealed class LineSockets(AgentSource source)
{
    private readonly Dictionary<ISymbol, Role> roles = new(SymbolEqualityComparer.Default);

    private enum Role
    {
        Client,
        Stream,
        Reader,
        Writer,
        Line,
        Encoding,
    }

    /// <summary>What ends an answer, as an expression; <see langword="null"/> while nothing says so.</summary>
    public string? NewLine { get; private set; }

    /// <summary>The writer sends each line at once.</summary>
    public bool AutoFlush { get; private set; }

    /// <summary>Why the connection is no plain one.</summary>
    public string? Reason { get; private set; }

    public void AddClient(ISymbol client) => roles[client] = Role.Client;

    public void AddLine(ISymbol line) => roles[line] = Role.Line;

    public bool IsClient(ExpressionSyntax expression) => Is(expression, Role.Client);

    public bool IsReader(ExpressionSyntax expression) => Is(expression, Role.Reader);

    public bool IsWriter(ExpressionSyntax expression) => Is(expression, Role.Writer);

    /// <summary>Whether a symbol is one of the connection's own, but its line.</summary>
    public bool IsSocket(ISymbol symbol) => roles.TryGetValue(symbol, out var role) && role != Role.Line;

    public bool IsStream(ExpressionSyntax expression) => Is(expression, Role.Stream)
        || (AgentSource.CallIn(expression) is ("GetStream", { } client, _) && IsClient(client))
        || (AgentSource.Unwrapped(expression) is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } creation
            && source.IsType(creation, "System.Net.Sockets.NetworkStream") && IsClient(arguments[0].Expression));

    /// <summary>Takes a variable of the connection.</summary>
    /// <returns>Whether it is one.</returns>
    public bool TryDeclare(ISymbol variable, ExpressionSyntax value)
    {
        value = AgentSource.Unwrapped(value);
        if (IsClient(value) || (value is CastExpressionSyntax cast && IsClient(cast.Expression)))
            return Add(variable, Role.Client);
        if (IsStream(value))
            return Add(variable, Role.Stream);
        if (source.IsType(value, "System.IO.StreamReader") && value is BaseObjectCreationExpressionSyntax reader)
            return TryReader(reader) && Add(variable, Role.Reader);
        if (source.IsType(value, "System.IO.StreamWriter") && value is BaseObjectCreationExpressionSyntax writer)
            return TryWriter(writer) && Add(variable, Role.Writer);
        return EncodingOf(value) is not null && Add(variable, Role.Encoding);
    }

    /// <summary>Takes a setting of the connection: <c>writer.AutoFlush = true</c>.</summary>
    public bool TrySet(AssignmentExpressionSyntax assignment)
    {
        if (assignment is not { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax access })
            return false;
        if (IsWriter(access.Expression))
            return TrySetWriter(access.Name.Identifier.ValueText, assignment.Right);
        return IsClient(access.Expression) && TrySetClient(access.Name.Identifier.ValueText);
    }

    /// <summary>A statement that only closes what the connection holds.</summary>
    public bool IsClosing(StatementSyntax statement) => statement is ExpressionStatementSyntax { Expression: var expression }
        && AgentSource.CallIn(AgentSource.Awaited(expression)) is ("Close" or "Dispose" or "DisposeAsync" or "Flush" or "FlushAsync", { } receiver, { ArgumentList.Arguments.Count: 0 })
        && (IsClient(receiver) || IsStream(receiver) || IsReader(receiver) || IsWriter(receiver));

    /// <summary>What ends an answer that is written as bytes.</summary>
    public bool TryNewLine(string literal)
    {
        if (NewLine is not null && NewLine != literal)
            return Doubt("its answers do not all end in the same way");
        NewLine = literal;
        return true;
    }

    /// <summary>Settings of a client that change no byte: an endpoint sends at once too.</summary>
    public bool TrySetClient(string property) => property == "NoDelay" || Doubt($"it sets {property} of each connection, which an endpoint sets for all");

    /// <summary>Whether an encoding is UTF-8, and whether its writer begins with a byte order mark.</summary>
    public (bool IsUtf8, bool Marks)? EncodingOf(ExpressionSyntax expression)
    {
        expression = AgentSource.Unwrapped(expression);
        if (expression is BaseObjectCreationExpressionSyntax creation && source.IsType(creation, "System.Text.UTF8Encoding"))
            return (true, creation.ArgumentList is { Arguments.Count: > 0 } given && source.ConstantOf(given.Arguments[0].Expression) is not false);
        if (source.SymbolOf(expression) is not { } symbol)
            return null;
        if (symbol is IPropertySymbol { ContainingType.Name: "Encoding" } property)
            return (property.Name == "UTF8", property.Name == "UTF8");
        var type = symbol switch
        {
            ILocalSymbol local => local.Type,
            IFieldSymbol { IsReadOnly: true } field => field.Type,
            _ => null,
        };
        return type?.Name is "UTF8Encoding" or "Encoding"
            && symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
            && source.Agent.Compilation.ContainsSyntaxTree(value.SyntaxTree)
                ? EncodingOf(value)
                : null;
    }

    private bool TryReader(BaseObjectCreationExpressionSyntax creation)
    {
        var arguments = creation.ArgumentList!.Arguments;
        if (!IsStream(arguments[0].Expression))
            return Doubt("it reads from something else than the connection");
        return arguments.Count < 2 || EncodingOf(arguments[1].Expression) is (true, _) || source.ConstantOf(arguments[1].Expression) is true
            || Doubt($"it reads {arguments[1].Expression}, and lines of an endpoint are UTF-8");
    }

    private bool TryWriter(BaseObjectCreationExpressionSyntax creation)
    {
        var arguments = creation.ArgumentList!.Arguments;
        if (!IsStream(arguments[0].Expression))
            return Doubt("it writes to something else than the connection");
        if (arguments.Count > 1)
        {
            if (EncodingOf(arguments[1].Expression) is not (true, var marks))
                return Doubt($"it writes {arguments[1].Expression}, and lines of an endpoint are UTF-8");
            if (marks)
                return Doubt($"its StreamWriter begins each connection with a byte order mark ({arguments[1].Expression}), which an endpoint does not send");
        }

        NewLine ??= "Environment.NewLine";
        foreach (var setting in creation.Initializer?.Expressions ?? default)
        {
            if (setting is not AssignmentExpressionSyntax { Left: SimpleNameSyntax name } assignment || !TrySetWriter(name.Identifier.ValueText, assignment.Right))
                return Doubt("its StreamWriter is set up in a way that is not known here");
        }

        return true;
    }

    private bool TrySetWriter(string property, ExpressionSyntax value)
    {
        switch (property)
        {
            case "AutoFlush" when source.ConstantOf(value) is bool flushes:
                AutoFlush = flushes;
                return true;
            case "NewLine" when source.ConstantOf(value) is string { Length: > 0 } end:
                NewLine = SymbolDisplay.FormatLiteral(end, quote: true);
                return true;
            case "NewLine" when value.ToString() == "Environment.NewLine":
                return true;
            default:
                return Doubt($"its StreamWriter's {property} is set to a value that is not known here");
        }
    }

    private bool Is(ExpressionSyntax expression, Role role) =>
        AgentSource.Unwrapped(expression) is SimpleNameSyntax name && source.SymbolOf(name) is { } symbol && roles.TryGetValue(symbol, out var known) && known == role;

    private bool Add(ISymbol variable, Role role)
    {
        roles[variable] = role;
        return true;
    }

    private bool Doubt(string reason)
    {
        Reason ??= reason;
        return false;
    }
}
