using AgentLift.CodeFixes.Integration.Endpoints;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Addresses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>The method by which an agent finds another: in the directory, else where the settings say, else where the table does.</summary>
internal sealed class FindMethod(AgentSource source, AddressTable table, string name)
{
    private const string Runtime = "AgentLift.Runtime";

    /// <summary>The method as a text, not indented.</summary>
    public string Text
    {
        get
        {
            var setting = SettingNames.For(table.Member.Name);
            var known = $"{Context}.Setting($\"{setting}:{{agent}}\", {Table}[agent])";
            var asked = $"await {Context}.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken)";
            var found = IsPlain ? $"{asked} ?? {known}" : $"{asked} is {{ }} entered ? $\"{table.Values[0].Before}{{entered}}{table.Values[0].Behind}\" : {known}";
            var head = $"// AGENTLIFT AGL1006: whoever enters itself in the directory by its name in {table.Member.Name} is asked there, the others where the setting {setting}:NAME or the table says; see that the names agree.\n"
                + $"private async Task<{Type}> {name}(string agent, CancellationToken cancellationToken)";
            return table.IsOfTexts
                ? $"{head} =>\n    {found};"
                : $"{head}\n{{\n    var address = {found};\n{Body}\n}}";
        }
    }

    private string Context => source.Agent.Type.MemberNames.Contains("Context") ? "base.Context" : "Context";

    private string Type => MovedCode.HasNamesOfItsFile(source.Agent, table.Address, source.Agent.Declaration.SyntaxTree)
        ? source.TypeOf(table.Address)!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
        : table.Address.WithoutTrivia().ToString();

    // new Place?(...) makes nothing.
    private string Made => Type.TrimEnd('?');

    private bool IsPlain => table.Values[0].Before.Length == 0;

    private string Body => table.Form switch
    {
        AddressForm.Uri => $"    return new {Made}(address);",
        AddressForm.IPEndPoint => $"    return await {Address}.Parse(address).ResolveAsync(cancellationToken);",
        AddressForm.DnsEndPoint => $"    return {Address}.Parse(address).ToDnsEndPoint();",
        AddressForm.Tuple => $"    var (host, port) = {Address}.Parse(address);\n    return (host, port);",
        AddressForm.TurnedTuple => $"    var (host, port) = {Address}.Parse(address);\n    return (port, host);",
        _ => $"    var (host, port) = {Address}.Parse(address);\n    return new {Made}(host, port);",
    };

    private string Address => IsTaken("AgentAddress") ? $"global::{Runtime}.AgentAddress" : "AgentAddress";

    // A parameter or variable of the method may have the name of the table.
    private string Table => table.Member.Name is not ("agent" or "cancellationToken" or "address" or "entered" or "host" or "port") ? Escaped(table.Member.Name)
        : table.Member.IsStatic ? $"{source.Agent.Type.Name}.{table.Member.Name}" : $"this.{table.Member.Name}";

    private bool IsTaken(string type) => source.Agent.ModelOf(source.Agent.Declaration).LookupSymbols(source.Agent.Declaration.OpenBraceToken.Span.End, name: type)
        .Any(symbol => symbol.ToDisplayString() != $"{Runtime}.{type}");

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
