using System.Net;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Addresses;

/// <summary>One address of a table, as its initialiser states it.</summary>
/// <param name="Expression">The address.</param>
/// <param name="Form">What it is.</param>
/// <param name="Code">The same as a text, for the code.</param>
/// <param name="Before">What stands before host and port, such as <c>http://</c>; mostly nothing.</param>
/// <param name="Behind">What stands behind them: a slash or nothing.</param>
internal sealed record AddressValue(ExpressionSyntax Expression, AddressForm Form, string Code, string Before, string Behind)
{
    private static readonly string[] Certified = ["https://", "wss://", "rediss://", "amqps://", "mqtts://", "ftps://", "ldaps://", "tls://", "ssl://"];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static readonly Regex Text = new(@"^(?<before>([a-z][a-z0-9+.-]*://)?)(\[(?<ip>[0-9a-f:.]+)\]|(?<host>[^/:\s@\[\]]+)):(?<port>[0-9]{1,5})(?<behind>/?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit);

    /// <summary>Reads an address.</summary>
    /// <param name="source">The agent's code.</param>
    /// <param name="expression">The address.</param>
    /// <param name="obstacle">Why it cannot be stated as host and port, to be put behind the name of the table.</param>
    public static AddressValue? Read(NamedSource source, ExpressionSyntax expression, out string? obstacle)
    {
        var value = NamedSource.Unwrapped(expression);
        obstacle = null;
        if (SettledOf(source, value) is string)
            return OfText(source, expression, value, AddressForm.Text, out obstacle);
        switch (value)
        {
            case TupleExpressionSyntax { Arguments: [{ Expression: var first }, { Expression: var second }] }:
                if (OfNamed(source, expression, first, second, AddressForm.Tuple) is { } tuple)
                    return tuple;
                if (OfNamed(source, expression, second, first, AddressForm.TurnedTuple) is { } turned)
                    return turned;
                break;
            case InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var text }] } call when source.SymbolOf(call) is IMethodSymbol { Name: "Parse", ContainingType.Name: "IPEndPoint" } && IsIPEndPoint(SettledOf(source, text) as string):
                return OfText(source, expression, text, AddressForm.IPEndPoint, out obstacle);
            case BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList.Arguments: var arguments } creation when arguments.All(argument => argument.NameColon is null):
                if (OfCreation(source, expression, creation, [.. arguments.Select(argument => argument.Expression)], out obstacle) is { } made)
                    return made;
                break;
        }

        obstacle ??= "has an address that is no constant host and port";
        return null;
    }

    private static AddressValue? OfCreation(NamedSource source, ExpressionSyntax expression, BaseObjectCreationExpressionSyntax creation, IReadOnlyList<ExpressionSyntax> arguments, out string? obstacle)
    {
        obstacle = null;
        if (source.TypeOf(creation) is not { } type || source.SymbolOf(creation) is not IMethodSymbol constructor)
            return null;
        switch (type.ToDisplayString())
        {
            case "System.Net.IPEndPoint":
                return arguments is [var ip, var ipPort] && HostOf(source, ip) is { } host && PortOf(source, ipPort) is { } port ? new AddressValue(expression, AddressForm.IPEndPoint, Join(host, port), string.Empty, string.Empty) : null;
            case "System.Net.DnsEndPoint":
                return arguments is [var name, var dnsPort] ? OfNamed(source, expression, name, dnsPort, AddressForm.DnsEndPoint) : null;
            case "System.Uri":
                return arguments is [var uri] && SettledOf(source, uri) is string ? OfText(source, expression, uri, AddressForm.Uri, out obstacle) : null;
            default:
                return arguments is [var first, var second] && IsPair(type, constructor) ? OfNamed(source, expression, first, second, AddressForm.Pair) : null;
        }
    }

    // What else it held would be lost, and an object of a class may be changed by whoever has it.
    private static bool IsPair(ITypeSymbol type, IMethodSymbol constructor) =>
        (type.IsRecord || type.IsValueType)
        && constructor.Parameters is [{ Type.SpecialType: SpecialType.System_String }, { Type.SpecialType: SpecialType.System_Int32 }]
        && type.GetMembers().OfType<IFieldSymbol>().Count(field => !field.IsStatic) == 2;

    private static AddressValue? OfNamed(NamedSource source, ExpressionSyntax expression, ExpressionSyntax host, ExpressionSyntax port, AddressForm form) =>
        SettledOf(source, host) is string name && !name.StartsWith("[", StringComparison.Ordinal) && Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 && PortOf(source, port) is { } number
            ? new AddressValue(expression, form, Join(HostCode(source, host, name), number), string.Empty, string.Empty)
            : null;

    private static AddressValue? OfText(NamedSource source, ExpressionSyntax expression, ExpressionSyntax text, AddressForm form, out string? obstacle)
    {
        obstacle = null;
        var match = Text.Match((string)SettledOf(source, text)!);
        var before = match.Groups["before"].Value;
        if (!match.Success || !IsPort(match.Groups["port"].Value) || (before.Length == 0 && (form == AddressForm.Uri || match.Groups["behind"].Length > 0)))
            obstacle = "has an address that is not just host and port";
        else if (Certified.Contains(before, StringComparer.OrdinalIgnoreCase))
            obstacle = $"has addresses of {before.TrimEnd('/', ':')}, whose certificates name the host that is written there";
        return obstacle is null ? new AddressValue(expression, form, text.WithoutTrivia().ToString(), before, match.Groups["behind"].Value) : null;
    }

    // A constant, or what holds where the configuration is silent: string TutorHost => Context.Setting("TutorHost", "10.0.0.5")
    private static object? SettledOf(NamedSource source, ExpressionSyntax expression) => source.ConstantOf(expression)
        ?? (source.SymbolOf(expression) is IPropertySymbol { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: [var part] } && part.GetSyntax() is PropertyDeclarationSyntax
        {
            ExpressionBody.Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Setting" }, ArgumentList.Arguments: [_, { Expression: LiteralExpressionSyntax fallback }] },
        } ? source.ConstantOf(fallback) : null);

    private static bool IsIPEndPoint(string? text) => text is not null && Text.Match(text) is { Success: true } match && match.Groups["before"].Length == 0
        && (match.Groups["ip"].Success || Uri.CheckHostName(match.Groups["host"].Value) == UriHostNameType.IPv4);

    private static bool IsPort(string text) => int.TryParse(text, out var port) && port is > 0 and <= ushort.MaxValue;

    private static string? HostOf(NamedSource source, ExpressionSyntax address)
    {
        var value = NamedSource.Unwrapped(address);
        if (value is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var text }] } call && source.SymbolOf(call) is IMethodSymbol { Name: "Parse", ContainingType.Name: "IPAddress" })
            return SettledOf(source, text) is string ip && IPAddress.TryParse(ip, out _) && Uri.CheckHostName(ip) is UriHostNameType.IPv4 or UriHostNameType.IPv6 ? HostCode(source, text, ip) : null;
        return source.SymbolOf(value) is IFieldSymbol { ContainingType.Name: "IPAddress" } known
            ? known.Name switch { "Loopback" => "127.0.0.1", "IPv6Loopback" => "[::1]", _ => null }
            : null;
    }

    private static string? PortOf(NamedSource source, ExpressionSyntax port) =>
        SettledOf(source, port) is int and > 0 and <= ushort.MaxValue and var number ? Hole(port) ?? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;

    private static string HostCode(NamedSource source, ExpressionSyntax host, string name)
    {
        var code = Hole(host) ?? name;
        return name.Contains(':') ? $"[{code.Trim('[', ']')}]" : code;
    }

    // A constant that has a name keeps it.
    private static string? Hole(ExpressionSyntax constant) => constant.WithoutTrivia().ToString() is var code && !code.Contains(':') && IsNamed(constant) ? $"{{{code}}}" : null;

    // Port, Ports.Tutor, BasePort + 1
    private static bool IsNamed(ExpressionSyntax constant) => constant is IdentifierNameSyntax or MemberAccessExpressionSyntax
        or BinaryExpressionSyntax { Left: IdentifierNameSyntax, Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression } };

    private static string Join(string host, string port) => (host + port).Contains('{') ? $"$\"{host}:{port}\"" : $"\"{host}:{port}\"";
}
