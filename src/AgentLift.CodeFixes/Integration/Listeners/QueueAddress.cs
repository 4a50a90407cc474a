using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>The address that a message-queue socket is bound to, as the arguments of an <see cref="IPEndPoint"/>: <c>tcp://*:5555</c>, <c>"tcp://127.0.0.1:" + port</c>.</summary>
/// <param name="Host">The expression of the host.</param>
/// <param name="Port">The expression of the port.</param>
internal sealed record QueueAddress(string Host, string Port)
{
    private const string Scheme = "tcp://";

    /// <returns>The address, or why an endpoint cannot listen there.</returns>
    public static (QueueAddress? Address, string? Obstacle) Read(AgentSource source, ExpressionSyntax expression)
    {
        const string Unknown = "its address is only known at run time: bind it to tcp://HOST:PORT, with the host in the code";
        var text = string.Empty;
        ExpressionSyntax? port = null;
        foreach (var (constant, part) in PartsOf(source, expression))
        {
            if (port is not null)
                return (null, Unknown);
            if (constant is null)
                port = part;
            else
                text += constant;
        }

        // @ binds, > connects.
        if (text.StartsWith(">", StringComparison.Ordinal))
            return (null, "it connects to another, and does not listen");
        text = text.TrimStart('@');
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
            return (null, text.Contains("://") || text.Length > 0 ? "it does not listen on TCP" : Unknown);
        var colon = text.LastIndexOf(':');
        if (colon < Scheme.Length || HostOf(text.Substring(Scheme.Length, colon - Scheme.Length)) is not { } host)
            return (null, "its address is no IPv4 address with a port");
        var digits = text.Substring(colon + 1);
        if (port is not null)
            return digits.Length == 0 && source.TypeOf(port) is { SpecialType: SpecialType.System_Int32 or SpecialType.System_UInt16 } ? (new QueueAddress(host, port.WithoutTrivia().ToString()), null) : (null, Unknown);
        return ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? (new QueueAddress(host, digits), null) : (null, "its address is no IPv4 address with a port");
    }

    private static string? HostOf(string host) => host switch
    {
        "*" or "0.0.0.0" => "IPAddress.Any",
        "localhost" or "127.0.0.1" => "IPAddress.Loopback",
        _ when IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetwork => $"IPAddress.Parse({SymbolDisplay.FormatLiteral(host, quote: true)})",
        _ => null,
    };

    // The texts that a concatenation or an interpolation is made of, and the expressions between them.
    private static IEnumerable<(string? Text, ExpressionSyntax Part)> PartsOf(AgentSource source, ExpressionSyntax expression)
    {
        if (source.ConstantOf(expression) is { } constant)
            return [(Convert.ToString(constant, CultureInfo.InvariantCulture), expression)];
        return AgentSource.Unwrapped(expression) switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when source.TypeOf(sum) is { SpecialType: SpecialType.System_String } => PartsOf(source, sum.Left).Concat(PartsOf(source, sum.Right)),
            InterpolatedStringExpressionSyntax text => text.Contents.SelectMany(content => content switch
            {
                InterpolatedStringTextSyntax plain => [(plain.TextToken.ValueText, text)],
                InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole => PartsOf(source, hole.Expression),
                _ => [(null, text), (null, text)],
            }),
            var other => [(null, other)],
        };
    }
}
