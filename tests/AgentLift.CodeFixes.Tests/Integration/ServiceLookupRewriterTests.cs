using AgentLift.CodeFixes.Integration.Endpoints;
using AgentLift.CodeFixes.Integration.Lookups;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes.Tests.Integration;

public class ServiceLookupRewriterTests
{
    private const string Table = """private readonly Dictionary<string, IPEndPoint> _agents = new() { ["tutor"] = new IPEndPoint(IPAddress.Parse("10.0.0.5"), 5601) };""";
    private const string TableOfTexts = """private readonly Dictionary<string, string> _agents = new() { ["tutor"] = "10.0.0.5:5601" };""";
    private const string Known = """await Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) ?? Context.Setting($"Agents:{agent}", _agents[agent])""";

    [Theory]
    [InlineData("Dictionary<string, IPEndPoint>", "new IPEndPoint(IPAddress.Parse(\"10.0.0.5\"), 5601)", "\"10.0.0.5:5601\"", "return await AgentAddress.Parse(address).ResolveAsync(cancellationToken);")]
    [InlineData("Dictionary<string, IPEndPoint>", "new(IPAddress.Loopback, 5601)", "\"127.0.0.1:5601\"", "return await AgentAddress.Parse(address).ResolveAsync(cancellationToken);")]
    [InlineData("Dictionary<string, IPEndPoint>", "new(IPAddress.IPv6Loopback, 5601)", "\"[::1]:5601\"", "return await AgentAddress.Parse(address).ResolveAsync(cancellationToken);")]
    [InlineData("Dictionary<string, IPEndPoint>", "new(IPAddress.Parse(\"fe80::1\"), 5601)", "\"[fe80::1]:5601\"", "return await AgentAddress.Parse(address).ResolveAsync(cancellationToken);")]
    [InlineData("Dictionary<string, EndPoint>", "new IPEndPoint(IPAddress.Parse(TutorHost), TutorPort)", "$\"{TutorHost}:{TutorPort}\"", "return await AgentAddress.Parse(address).ResolveAsync(cancellationToken);")]
    [InlineData("Dictionary<string, EndPoint>", "new IPEndPoint(IPAddress.Parse(TutorHost), TutorPort + 1)", "$\"{TutorHost}:{TutorPort + 1}\"", "return await AgentAddress.Parse(address).ResolveAsync(cancellationToken);")]
    [InlineData("Dictionary<string, IPEndPoint>", "IPEndPoint.Parse(\"10.0.0.5:5601\")", "\"10.0.0.5:5601\"", "return await AgentAddress.Parse(address).ResolveAsync(cancellationToken);")]
    [InlineData("ConcurrentDictionary<string, DnsEndPoint>", "new DnsEndPoint(\"tutor.example\", 5601)", "\"tutor.example:5601\"", "return AgentAddress.Parse(address).ToDnsEndPoint();")]
    [InlineData("Dictionary<string, (string Host, int Port)>", "(\"tutor.example\", 5601)", "\"tutor.example:5601\"", "var (host, port) = AgentAddress.Parse(address);\n        return (host, port);")]
    [InlineData("Dictionary<string, (int Port, string Host)>", "(TutorPort, Ports.Host)", "$\"{Ports.Host}:{TutorPort}\"", "var (host, port) = AgentAddress.Parse(address);\n        return (port, host);")]
    [InlineData("Dictionary<string, Place>", "new Place(\"tutor.example\", 5601)", "\"tutor.example:5601\"", "var (host, port) = AgentAddress.Parse(address);\n        return new Place(host, port);")]
    public async Task Addresses_become_texts_and_are_made_again_where_they_are_found(string type, string value, string text, string made)
    {
        var address = type[(type.IndexOf(' ', StringComparison.Ordinal) + 1)..^1];
        var found = await LiftAsync($$"""private readonly {{type}} _agents = new() { ["tutor"] = {{value}} };""", """Send(_agents["tutor"]);""");

        found.ShouldBe(Agent(
            $$"""private readonly {{type.Replace(address, "string", StringComparison.Ordinal)}} _agents = new() { ["tutor"] = {{text}} };""",
            """Send(await FindAgentAsync("tutor", token));""",
            $$"""

                // AGENTLIFT AGL1006: whoever enters itself in the directory by its name in _agents is asked there, the others where the setting Agents:NAME or the table says; see that the names agree.
                private async Task<{{address}}> FindAgentAsync(string agent, CancellationToken cancellationToken)
                {
                    var address = {{Known}};
                    {{made}}
                }

            """));
    }

    [Theory]
    [InlineData("string", "\"10.0.0.5:5601\"", Known)]
    [InlineData("string", "\"tcp://10.0.0.5:5601\"", """await Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) is { } entered ? $"tcp://{entered}" : Context.Setting($"Agents:{agent}", _agents[agent])""")]
    [InlineData("string", "\"http://tutor:5601/\"", """await Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) is { } entered ? $"http://{entered}/" : Context.Setting($"Agents:{agent}", _agents[agent])""")]
    public async Task A_table_of_texts_stays_as_it_is(string type, string value, string known)
    {
        var table = $$"""private readonly Dictionary<string, {{type}}> _agents = new() { ["tutor"] = {{value}} };""";

        (await LiftAsync(table, """Send(_agents["tutor"].Length);""")).ShouldBe(Agent(table, """Send((await FindAgentAsync("tutor", token)).Length);""", $$"""

                // AGENTLIFT AGL1006: whoever enters itself in the directory by its name in _agents is asked there, the others where the setting Agents:NAME or the table says; see that the names agree.
                private async Task<{{type}}> FindAgentAsync(string agent, CancellationToken cancellationToken) =>
                    {{known}};

            """));
    }

    [Fact]
    public async Task A_url_is_put_together_of_what_stood_around_host_and_port() =>
        (await LiftAsync("""private readonly Dictionary<string, Uri> _agents = new() { ["tutor"] = new Uri("http://10.0.0.5:5601"), ["grader"] = new("http://grader:5602") };""", """Send(_agents["tutor"]);""")).ShouldBe(Agent(
            """private readonly Dictionary<string, string> _agents = new() { ["tutor"] = "http://10.0.0.5:5601", ["grader"] = "http://grader:5602" };""",
            """Send(await FindAgentAsync("tutor", token));""",
            """

                // AGENTLIFT AGL1006: whoever enters itself in the directory by its name in _agents is asked there, the others where the setting Agents:NAME or the table says; see that the names agree.
                private async Task<Uri> FindAgentAsync(string agent, CancellationToken cancellationToken)
                {
                    var address = await Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) is { } entered ? $"http://{entered}" : Context.Setting($"Agents:{agent}", _agents[agent]);
                    return new Uri(address);
                }

            """));

    [Theory]
    [InlineData("private static readonly IReadOnlyDictionary<string, IPEndPoint> _agents = new Dictionary<string, IPEndPoint>(StringComparer.OrdinalIgnoreCase) { { \"tutor\", new(IPAddress.Loopback, 5601) } };",
        "private static readonly IReadOnlyDictionary<string, string> _agents = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { { \"tutor\", \"127.0.0.1:5601\" } };")]
    [InlineData("private static readonly System.Collections.Frozen.FrozenDictionary<string, IPEndPoint> _agents = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new Dictionary<string, IPEndPoint>() { [\"tutor\"] = new(IPAddress.Loopback, 5601) });", null)]
    [InlineData("private static readonly FrozenDictionary<string, IPEndPoint> _agents = new Dictionary<string, IPEndPoint>() { [\"tutor\"] = new(IPAddress.Loopback, 5601) }.ToFrozenDictionary(StringComparer.Ordinal);",
        "private static readonly FrozenDictionary<string, string> _agents = new Dictionary<string, string>() { [\"tutor\"] = \"127.0.0.1:5601\" }.ToFrozenDictionary(StringComparer.Ordinal);")]
    [InlineData("private readonly ImmutableDictionary<string, IPEndPoint> _agents = new Dictionary<string, IPEndPoint> { [\"tutor\"] = new(IPAddress.Loopback, 5601) }.ToImmutableDictionary();",
        "private readonly ImmutableDictionary<string, string> _agents = new Dictionary<string, string> { [\"tutor\"] = \"127.0.0.1:5601\" }.ToImmutableDictionary();")]
    [InlineData("private readonly ReadOnlyDictionary<string, IPEndPoint> _agents = new ReadOnlyDictionary<string, IPEndPoint>(new Dictionary<string, IPEndPoint> { [\"tutor\"] = new(IPAddress.Loopback, 5601) });",
        "private readonly ReadOnlyDictionary<string, string> _agents = new ReadOnlyDictionary<string, string>(new Dictionary<string, string> { [\"tutor\"] = \"127.0.0.1:5601\" });")]
    [InlineData("public System.Collections.Generic.IDictionary<string, IPEndPoint> _agents { get; } = new SortedDictionary<string, IPEndPoint> { [\"tutor\"] = new(IPAddress.Loopback, 5601) };",
        "public System.Collections.Generic.IDictionary<string, string> _agents { get; } = new SortedDictionary<string, string> { [\"tutor\"] = \"127.0.0.1:5601\" };")]
    public async Task Dictionaries_of_the_platform_stay_what_they_are(string table, string? after)
    {
        var text = await LiftAsync(table, """Send(_agents["tutor"]);""");

        text.ShouldContain(after ?? table);
        if (after is not null)
            text.ShouldContain("""Send(await FindAgentAsync("tutor", token));""");
    }

    [Fact]
    public async Task Comments_and_regions_of_the_table_stay() =>
        (await LiftAsync(
            """
            // who is where
            private readonly Dictionary<string, IPEndPoint> _agents = new()
            {
                #region school
                /* the new one */ ["tutor"] = new(IPAddress.Parse("10.0.0.5"), 5601), // in the rack
                // and
                #endregion
                ["grader"] =
                    new IPEndPoint(
                        IPAddress.Loopback,
                        5602),
            };
            """,
            """Send(_agents["tutor"]);""")).ShouldContain("""
                // who is where
                private readonly Dictionary<string, string> _agents = new()
                {
                    #region school
                    /* the new one */ ["tutor"] = "10.0.0.5:5601", // in the rack
                    // and
                    #endregion
                    ["grader"] =
                        "127.0.0.1:5602",
                };
            """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("Send(_agents[\"tutor\"].Port);", "Send((await FindAgentAsync(\"tutor\", token)).Port);")]
    [InlineData("Send(this._agents[Whom()]!.Address.ToString() + 1);", "Send((await FindAgentAsync(Whom(), token))!.Address.ToString() + 1);")]
    [InlineData("var to = (EndPoint)_agents[/* whom */ \"tutor\"]; Send(to);", "var to = (EndPoint)_agents[/* whom */ \"tutor\"]; Send(to);")]
    [InlineData("Send($\"to {_agents[\"tutor\"]}\");", "Send($\"to {await FindAgentAsync(\"tutor\", token)}\");")]
    [InlineData("new System.Text.StringBuilder().Append($\"{_agents[\"tutor\"]}\");", "new System.Text.StringBuilder().Append($\"{await FindAgentAsync(\"tutor\", token)}\");")]
    [InlineData("if (_agents.Count > 0 && _agents.ContainsKey(\"tutor\")) Send(_agents[\"tutor\"]);", "if (_agents.Count > 0 && _agents.ContainsKey(\"tutor\")) Send(await FindAgentAsync(\"tutor\", token));")]
    [InlineData("foreach (var name in _agents.Keys) Send(_agents[name], nameof(_agents));", "foreach (var name in _agents.Keys) Send(await FindAgentAsync(name, token), nameof(_agents));")]
    [InlineData("while (_agents[\"tutor\"].Port == 0) { }", "while ((await FindAgentAsync(\"tutor\", token)).Port == 0) { }")]
    [InlineData("Func<Task> later = async () => Send(_agents[\"tutor\"]); await later();", "Func<Task> later = async () => Send(await FindAgentAsync(\"tutor\", token)); await later();")]
    [InlineData("try { throw new IOException(); } catch (IOException) when (token.CanBeCanceled) { Send(_agents[\"tutor\"]); }", "try { throw new IOException(); } catch (IOException) when (token.CanBeCanceled) { Send(await FindAgentAsync(\"tutor\", token)); }")]
    [InlineData("if (_agents.TryGetValue(Whom(), out _)) Send(_agents[\"tutor\"]);", "if (_agents.ContainsKey(Whom())) Send(await FindAgentAsync(\"tutor\", token));")]
    [InlineData("var name = Whom(); if (_agents.TryGetValue(name, out var to)) Send(to.Port);", "var name = Whom(); if (_agents.ContainsKey(name)) Send((await FindAgentAsync(name, token)).Port);")]
    [InlineData("var name = Whom(); Send(_agents.TryGetValue(name, out var to) ? to : null);", "var name = Whom(); Send(_agents.ContainsKey(name) ? await FindAgentAsync(name, token) : null);")]
    [InlineData("if (_agents.TryGetValue(\"tutor\", out IPEndPoint to) && Whom() != null) { Send(to); Send(to.Port); }", "if (_agents.ContainsKey(\"tutor\") && Whom() != null) { IPEndPoint to = await FindAgentAsync(\"tutor\", token); Send(to); Send(to.Port); }")]
    [InlineData("if (Whom() == null || !(_agents.TryGetValue(\"tutor\", out var to))) continue; Send(to);", "if (Whom() == null || !(_agents.ContainsKey(\"tutor\"))) continue; var to = await FindAgentAsync(\"tutor\", token); Send(to);")]
    [InlineData("IPEndPoint to; if (!_agents.TryGetValue(\"tutor\", out to)) continue; Send(to); if (!_agents.TryGetValue(\"grader\", out to)) return; Send(to);", "IPEndPoint to; if (!_agents.ContainsKey(\"tutor\")) continue; to = await FindAgentAsync(\"tutor\", token); Send(to); if (!_agents.ContainsKey(\"grader\")) return; to = await FindAgentAsync(\"grader\", token); Send(to);")]
    [InlineData("IPEndPoint to = null; if (_agents.TryGetValue(\"tutor\", out to)) { Send(to); to = null; }", "IPEndPoint to = null; if (_agents.ContainsKey(\"tutor\")) { to = await FindAgentAsync(\"tutor\", token); Send(to); to = null; }")]
    [InlineData("var parts = Whom().Split(' '); if (parts.Length < 2 || !_agents.TryGetValue(parts[0], out var to)) continue; Send(to);", "var parts = Whom().Split(' '); if (parts.Length < 2 || !_agents.ContainsKey(parts[0])) continue; var to = await FindAgentAsync(parts[0], token); Send(to);")]
    [InlineData("var asked = new { Agent = Whom() }; if (_agents.TryGetValue(asked.Agent, out var to)) Send(to);", "var asked = new { Agent = Whom() }; if (_agents.ContainsKey(asked.Agent)) Send(await FindAgentAsync(asked.Agent, token));")]
    [InlineData("if (_agents[\"tutor\"] != null) Send(1);", "if (await FindAgentAsync(\"tutor\", token) != null) Send(1);")]
    [InlineData("if (ReferenceEquals(_agents[\"tutor\"].Address!, null)) Send(1);", "if (ReferenceEquals((await FindAgentAsync(\"tutor\", token)).Address!, null)) Send(1);")]
    [InlineData("IPEndPoint tutor; if (_agents.TryGetValue(\"tutor\", out tutor)) { Send(tutor); }", "IPEndPoint tutor; if (_agents.ContainsKey(\"tutor\")) { tutor = await FindAgentAsync(\"tutor\", token); Send(tutor); }")]
    [InlineData("IPEndPoint to; if (_agents.TryGetValue(\"tutor\", out to)) Send(to);", "if (_agents.ContainsKey(\"tutor\")) Send(await FindAgentAsync(\"tutor\", token));")]
    [InlineData("IPEndPoint to = null; if (!_agents.TryGetValue(\"tutor\", out to)) continue; Send(_agents[\"tutor\"]);", "if (!_agents.ContainsKey(\"tutor\")) continue; Send(await FindAgentAsync(\"tutor\", token));")]
    [InlineData("var to = new IPEndPoint(_agents[\"tutor\"].Address, 1); to.Port++; Send(to);", "var to = new IPEndPoint((await FindAgentAsync(\"tutor\", token)).Address, 1); to.Port++; Send(to);")]
    public async Task A_look_up_awaits_where_it_stands(string use, string after)
    {
        var text = await LiftAsync(Table, use);

        text.ShouldContain("        " + after + "\n");
    }

    [Theory]
    [InlineData("foreach (var pair in _agents) Send(pair.Value, pair.Key);", "foreach (var name in _agents.Keys) Send(await FindAgentAsync(name, token), name);")]
    [InlineData("foreach (KeyValuePair<string, IPEndPoint> pair in this._agents) { Send(pair.Key); }", "foreach (var name in this._agents.Keys) { Send(name); } Send(await FindAgentAsync(\"tutor\", token));")]
    [InlineData("foreach (var to in _agents.Values) Send(to.Port);", "foreach (var name in _agents.Keys) Send((await FindAgentAsync(name, token)).Port);")]
    [InlineData("foreach (var (who, to) in _agents) { Send(to); Send(to, who); }", "foreach (var who in _agents.Keys) { var to = await FindAgentAsync(who, token); Send(to); Send(to, who); }")]
    [InlineData("foreach ((string who, IPEndPoint to) in _agents) Send(to, who);", "foreach (var who in _agents.Keys) Send(await FindAgentAsync(who, token), who);")]
    [InlineData("foreach (var (_, to) in _agents) { Send(nameof(to), to); }", "foreach (var name in _agents.Keys) { var to = await FindAgentAsync(name, token); Send(nameof(to), to); }")]
    [InlineData("foreach (var pair in _agents) { if (pair.Key == \"me\") continue; if (Whom() == pair.Key) { Send(1); Send(pair.Value, pair.Value.Port); } }",
        "foreach (var name in _agents.Keys) { if (name == \"me\") continue; if (Whom() == name) { Send(1); var address = await FindAgentAsync(name, token);\n            Send(address, address.Port); } }")]
    [InlineData("foreach (var pair in _agents) { if (pair.Key != null) { lock (this) { Send(pair.Value); } } }", "foreach (var name in _agents.Keys) { if (name != null) { var address = await FindAgentAsync(name, token); lock (this) { Send(address); } } }")]
    [InlineData("foreach (var pair in _agents) { for (var i = 0; i < 3; i++) { Send(pair.Value); } }",
        "foreach (var name in _agents.Keys) { var address = await FindAgentAsync(name, token); for (var i = 0; i < 3; i++) { Send(address); } }")]
    [InlineData("foreach (var pair in _agents) { foreach (var other in _agents) { if (pair.Key != other.Key) { Send(pair.Value, other.Value); Send(other.Value, pair.Value); } } }", "foreach (var name in _agents.Keys) { var address = await FindAgentAsync(name, token); foreach (var agent in _agents.Keys) { if (name != agent) { var agentAddress = await FindAgentAsync(agent, token); Send(address, agentAddress); Send(agentAddress, address); } } }")]
    public async Task A_loop_over_a_table_goes_over_its_names(string use, string after)
    {
        var other = use.Contains(".Value", StringComparison.Ordinal) || use.Contains("to", StringComparison.Ordinal) ? string.Empty : " Send(_agents[\"tutor\"]);";

        (await LiftAsync(Table, use + other)).ShouldContain("        " + after + "\n");
    }

    [Fact]
    public async Task An_address_of_a_loop_is_looked_up_before_it_is_first_needed()
    {
        var text = await LiftAsync(Table, """
            foreach (var (name, address) in _agents)
            {
                // not to itself
                if (name == Whom())
                    continue;

                // to all others
                Send(address);
                Send(address.Port);
            }
            """);

        text.ShouldContain("""
                        foreach (var name in _agents.Keys)
                        {
                            // not to itself
                            if (name == Whom())
                                continue;

                            // to all others
                            var address = await FindAgentAsync(name, token);
                            Send(address);
                            Send(address.Port);
                        }
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task What_a_question_finds_is_looked_up_where_its_block_begins_or_behind_its_guard()
    {
        var text = await LiftAsync(Table, """
            if (_agents.TryGetValue("tutor", out var tutor))
            {
                // both
                Send(tutor);
                Send(tutor.Port);
            }

            if (!_agents.TryGetValue("grader", out var grader))
            {
                Send("nobody"); // yet
                break;
            } // so

            if (!_agents.TryGetValue("library", out var library)) { return; }
            Send(grader, library);
            """);

        text.ShouldContain("""
                        if (_agents.ContainsKey("tutor"))
                        {
                            var tutor = await FindAgentAsync("tutor", token);
                            // both
                            Send(tutor);
                            Send(tutor.Port);
                        }

                        if (!_agents.ContainsKey("grader"))
                        {
                            Send("nobody"); // yet
                            break;
                        } // so

                        var grader = await FindAgentAsync("grader", token);

                        if (!_agents.ContainsKey("library")) { return; }
                        var library = await FindAgentAsync("library", token);
                        Send(grader, library);
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Methods_between_the_loop_and_the_look_up_await_and_get_the_token()
    {
        var text = await LiftAsync(Table + """


            private void Ask(string name) => Send(Find(name: name), Count(new[] { name }));

            /// <summary>Where it is.</summary>
            /// <param name="name">Who.</param>
            private IPEndPoint Find(string name)
            {
                return Local(name: name);

                IPEndPoint Local(string name) => _agents[name];
            }

            private int Count(params string[] names) => names.Length;
            """, """Ask("tutor");""");

        text.ShouldContain("""await AskAsync("tutor", token);""");
        text.ShouldContain("""
                private async Task AskAsync(string name, CancellationToken token) => Send(await FindAsync(name: name, token: token), Count(new[] { name }));

                /// <summary>Where it is.</summary>
                /// <param name="token">Ends the look-up of another agent.</param>
                /// <param name="name">Who.</param>
                private async Task<IPEndPoint> FindAsync(string name, CancellationToken token)
                {
                    return await LocalAsync(name: name);

                    async Task<IPEndPoint> LocalAsync(string name) => await FindAgentAsync(name, token);
                }
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_round_that_did_not_want_its_token_takes_it()
    {
        var text = await LiftAsync(Table + """


            protected override ValueTask OnStartedAsync(CancellationToken cancellationToken)
            {
                RunPeriodically("ask", TimeSpan.FromSeconds(1), _ =>
                {
                    Ask();
                    return Task.CompletedTask;
                });
                return ValueTask.CompletedTask;
            }

            private void Ask() => Send(_agents["tutor"]);
            """, string.Empty);

        text.ShouldContain("""
                    RunPeriodically("ask", TimeSpan.FromSeconds(1), async token =>
                    {
                        await AskAsync(token);
                    });
            """.ReplaceLineEndings("\n"));
        text.ShouldContain("""private async Task AskAsync(CancellationToken token) => Send(await FindAgentAsync("tutor", token));""");
    }

    [Fact]
    public async Task A_phase_of_the_agents_life_waits_for_what_it_looks_up()
    {
        var text = await LiftAsync(Table + """


            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                if (_agents.Count > 1)
                    return ValueTask.CompletedTask;
                Send(_agents["tutor"]);
                Leave();
                return ValueTask.CompletedTask;
            }

            private void Leave() => Send(_agents["tutor"]);
            """, string.Empty);

        text.ShouldContain("""
                protected override async ValueTask OnStoppedAsync(CancellationToken cancellationToken)
                {
                    if (_agents.Count > 1)
                        return;
                    Send(await FindAgentAsync("tutor", cancellationToken));
                    await LeaveAsync(cancellationToken);
                }

                private async Task LeaveAsync(CancellationToken token) => Send(await FindAgentAsync("tutor", token));
            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("Forward, EndpointOptions.WithoutLimits(new(IPAddress.Loopback, 0))", "async (line, token) => await ForwardAsync(line, token), EndpointOptions.WithoutLimits(new(IPAddress.Loopback, 0))")]
    [InlineData("this.Forward", "async (line, token) => await this.ForwardAsync(line, token)")]
    [InlineData("line => Forward(line)", "async (line, token) => await ForwardAsync(line, token)")]
    [InlineData("(string line) => { if (line.Length == 0) return null; return Forward(line); }", "async (string line, CancellationToken token) => { if (line.Length == 0) return null; return await ForwardAsync(line, token); }")]
    [InlineData("line => \"to \" + _agents[line]", "async (line, token) => \"to \" + await FindAgentAsync(line, token)")]
    [InlineData("async (line, end) => { await Task.Yield(); return Forward(line); }", "async (line, end) => { await Task.Yield(); return await ForwardAsync(line, end); }")]
    public async Task What_answers_an_endpoint_waits_and_takes_the_token_of_the_endpoint(string answer, string after)
    {
        var text = await LiftAsync(Table + $$"""


            protected override ValueTask OnStartedAsync(CancellationToken cancellationToken)
            {
                ListenLines("requests", {{answer}});
                return ValueTask.CompletedTask;
            }

            private string Forward(string line)
            {
                Send(_agents[line]);
                return "ok";
            }
            """, string.Empty);

        text.ShouldContain($"        ListenLines(\"requests\", {after});\n");
        if (answer.Contains("Forward", StringComparison.Ordinal))
            text.ShouldContain("    private async Task<string> ForwardAsync(string line, CancellationToken token)\n    {\n        Send(await FindAgentAsync(line, token));\n        return \"ok\";\n    }\n");
    }

    [Fact]
    public async Task What_the_file_of_the_table_alone_names_is_named_in_full_in_the_other_file()
    {
        const string Other = """
            using Spot = System.Net.IPEndPoint;

            namespace Fleet;

            public partial class DispatchAgent
            {
                private readonly Dictionary<string, Spot> _agents = new() { ["tutor"] = new(System.Net.IPAddress.Loopback, 5601) };
                private readonly Dictionary<string, System.Uri> _servers = new() { ["tutor"] = new("http://10.0.0.5:5601") };
                public int Context;
            }

            """;

        var (texts, _) = await LiftVerifier.LiftAsync(Assisted, [new ServiceLookupRewriter()], Agent(string.Empty, """Send(_agents["tutor"], _servers["tutor"]);"""), Other.Replace("public int Context", "public new int Context", StringComparison.Ordinal));

        texts[0].ShouldContain("""Send(await FindAgentAsync("tutor", token), await FindServerAsync("tutor", token));""");
        texts[0].ShouldContain("private async Task<global::System.Net.IPEndPoint> FindAgentAsync(");
        texts[0].ShouldContain("await base.Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) ?? base.Context.Setting(");
        texts[0].ShouldContain("private async Task<System.Uri> FindServerAsync(");
        texts[1].ShouldContain("private readonly Dictionary<string, string> _agents = new() { [\"tutor\"] = \"127.0.0.1:5601\" };");
    }

    [Fact]
    public async Task A_table_that_an_interface_asks_for_stays()
    {
        var before = Agent("public IReadOnlyDictionary<string, string> Agents { get; } = new Dictionary<string, string> { [\"tutor\"] = \"10.0.0.5:5601\" };", "Send(Agents[\"tutor\"]);")
            .Replace("BaseAgent(context)\n", "BaseAgent(context), IKnow\n", StringComparison.Ordinal) + "public interface IKnow { IReadOnlyDictionary<string, string> Agents { get; } }\n";

        await RefusedAsync(before, "an interface asks for Agents, and whoever uses that would not ask the directory");
    }

    [Fact]
    public async Task Each_of_several_tables_has_a_method_that_is_named_after_it_and_no_name_is_taken_twice()
    {
        var text = await LiftAsync("""
            private readonly Dictionary<string, IPEndPoint> _workers = new() { ["a"] = new(IPAddress.Loopback, 5601) };
            private readonly Dictionary<string, string> m_hostAddresses = new() { ["b"] = "10.0.0.5:5601" };
            private readonly Dictionary<string, string> Clients = new() { ["c"] = "10.0.0.5:5601" };
            private int FindWorkerAsync;
            """, """Send(_workers["a"], m_hostAddresses["b"]); FindWorkerAsync++;""");

        text.ShouldContain("""Send(await FindWorker2Async("a", token), await FindHostAddressAsync("b", token));""");
        text.ShouldContain("private async Task<IPEndPoint> FindWorker2Async(string agent, CancellationToken cancellationToken)");
        text.ShouldContain("""Context.Setting($"HostAddresses:{agent}", m_hostAddresses[agent])""");
    }

    [Fact]
    public async Task An_address_is_made_by_the_name_that_the_table_calls_its_type()
    {
        (await LiftAsync("""private readonly Dictionary<string, System.Uri> _agents = new() { ["tutor"] = new System.Uri("http://10.0.0.5:5601") }; private class Uri { }""", """Send(_agents["tutor"]);"""))
            .ShouldContain("        return new System.Uri(address);\n");
        (await LiftAsync("""
            #nullable enable
            private readonly Dictionary<string, Spot?> _agents = new() { ["tutor"] = new Spot("tutor", 5601) };
            private sealed record Spot(string Host, int Port);
            #nullable disable
            """, """Send(_agents["tutor"]);""")).ShouldContain("        return new Spot(host, port);\n");
    }

    [Fact]
    public async Task A_method_that_tells_its_name_keeps_it()
    {
        var text = await LiftAsync(Table + """ private void Ask() => Send(_agents["tutor"], nameof(Ask));""", "Ask();");

        text.ShouldContain("""private async Task Ask(CancellationToken token) => Send(await FindAgentAsync("tutor", token), nameof(Ask));""");
        text.ShouldContain("            await Ask(token);\n");
    }

    [Fact]
    public async Task A_table_that_is_named_like_a_variable_is_named_in_full()
    {
        (await LiftAsync("""private readonly Dictionary<string, string> agent = new() { ["tutor"] = "10.0.0.5:5601" };""", """Send(agent["tutor"]);"""))
            .ShouldContain("""Context.Setting($"Agent:{agent}", this.agent[agent])""");
        (await LiftAsync("""private static readonly Dictionary<string, IPEndPoint> address = new() { ["tutor"] = new(IPAddress.Loopback, 5601) }; private int AgentAddress => 1;""", """Send(address["tutor"], AgentAddress);"""))
            .ShouldContain("""
                        var address = await Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) ?? Context.Setting($"Address:{agent}", DispatchAgent.address[agent]);
                        return await global::AgentLift.Runtime.AgentAddress.Parse(address).ResolveAsync(cancellationToken);
                """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_table_whose_addresses_became_settings_before_is_taken_too()
    {
        var before = Agent("private readonly Dictionary<string, IPEndPoint> _agents = new() { { \"tutor\", new IPEndPoint(IPAddress.Parse(\"10.0.0.5\"), 5601) } };", "Send(_agents[\"tutor\"]);")
            .Replace("DispatchAgent(AgentContext context) : BaseAgent(context)\n{", "DispatchAgent : BaseAgent\n{\n    public DispatchAgent(AgentContext context)\n        : base(context)\n    {\n    }\n", StringComparison.Ordinal);
        var (safe, _) = await LiftVerifier.LiftAsync([new HardCodedEndpointRewriter()], before);
        safe[0].ShouldContain("_agents = new() { { \"tutor\", new IPEndPoint(IPAddress.Parse(AgentsHost), AgentsPort) } };");

        var (texts, _) = await LiftVerifier.LiftAsync(Assisted, [new ServiceLookupRewriter()], safe[0]);

        texts[0].ShouldContain("_agents = new() { { \"tutor\", $\"{AgentsHost}:{AgentsPort}\" } };");
        texts[0].ShouldContain("Send(await FindAgentAsync(\"tutor\", token));");
    }

    [Fact]
    public async Task A_file_keeps_its_line_endings_and_tabs()
    {
        var before = Agent(Table, """Send(_agents["tutor"]);""").Replace("    ", "\t", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", before)]);

        var lifted = await StageLift.ApplyAsync(solution, [new AgentPipeline(new AgentPass(new ServiceLookupRewriter()))], LiftOptions.Everything with { IncludeAssisted = true }, default);

        var text = (await lifted.Solution.Projects.Single().Documents.First().GetTextAsync()).ToString();
        text.ShouldContain("FindAgentAsync(\"tutor\", token)");
        text.Replace("\r\n", string.Empty, StringComparison.Ordinal).ShouldNotContain('\n');
        text.ShouldNotContain("    ");
    }

    [Fact]
    public async Task A_table_that_the_constructor_fills_at_once_may_have_settings_for_addresses()
    {
        const string Before = """
            using System.Net;
            using AgentLift.Runtime;

            namespace Fleet;

            public class DispatchAgent : BaseAgent
            {
                private readonly Dictionary<string, IPEndPoint> _agents;

                public DispatchAgent(AgentContext context)
                    : base(context)
                {
                    _agents = new Dictionary<string, IPEndPoint>
                    {
                        { "tutor", new IPEndPoint(IPAddress.Parse(TutorHost), TutorPort) },
                        { "grader", new IPEndPoint(IPAddress.Parse("10.0.0.6"), 5602) },
                    };
                }

                private string TutorHost => Context.Setting("TutorHost", "10.0.0.5");

                private int TutorPort => Context.Setting("TutorPort", 5601);

                public async Task<int> PortAsync(CancellationToken cancellationToken) => _agents["tutor"].Port;
            }

            """;

        var (texts, _) = await LiftVerifier.LiftAsync(Assisted, [new ServiceLookupRewriter()], Before);

        texts[0].ShouldContain("""
                private readonly Dictionary<string, string> _agents;

                public DispatchAgent(AgentContext context)
                    : base(context)
                {
                    _agents = new Dictionary<string, string>
                    {
                        { "tutor", $"{TutorHost}:{TutorPort}" },
                        { "grader", "10.0.0.6:5602" },
                    };
                }
            """.ReplaceLineEndings("\n"));
        texts[0].ShouldContain("=> (await FindAgentAsync(\"tutor\", cancellationToken)).Port;");
    }

    [Fact]
    public async Task Nothing_is_written_unless_it_is_asked_for()
    {
        var (texts, _) = await LiftVerifier.LiftAsync([new ServiceLookupRewriter()], Agent(Table, """Send(_agents["tutor"]);"""));

        texts[0].ShouldBe(Agent(Table, """Send(_agents["tutor"]);"""));
    }

    [Theory]
    [InlineData("""private readonly string[] _agents = { "10.0.0.5:5601" };""", "Send(_agents[0]);", "_agents is an array, which has no names to look up: say by hand whom to ask in IAgentDirectory")]
    [InlineData("private readonly List<IPEndPoint> _agents = [new(IPAddress.Loopback, 5601)];", "Send(_agents[0]);", "_agents is a List, which has no names to look up: say by hand whom to ask in IAgentDirectory")]
    [InlineData("private readonly Dictionary<int, IPEndPoint> _agents = new() { [1] = new(IPAddress.Loopback, 5601) };", "Send(_agents[1]);", "_agents is keyed by Int32, and the directory knows agents by name")]
    [InlineData("""private readonly Dictionary<string, int> _agentPorts = new() { ["tutor"] = 5601 };""", """Send(_agentPorts["tutor"]);""", "_agentPorts holds ports alone, and the directory gives whole addresses: look the agents up in IAgentDirectory by hand")]
    [InlineData("private readonly Dictionary<string, IPEndPoint> _agents = new();", """Send(_agents["tutor"]);""", "the addresses of _agents are no constants that its initialiser or the constructor states: state them there, or look the agents up in IAgentDirectory by hand")]
    [InlineData("private readonly Dictionary<string, IPEndPoint> _agents = Load(); private static Dictionary<string, IPEndPoint> Load() => [];", """Send(_agents["tutor"]);""", "the addresses of _agents are no constants that its initialiser or the constructor states: state them there, or look the agents up in IAgentDirectory by hand")]
    [InlineData("""private readonly Dictionary<string, IPEndPoint> _agents = new(Load()) { ["tutor"] = new(IPAddress.Loopback, 5601) }; private static Dictionary<string, IPEndPoint> Load() => [];""", """Send(_agents["tutor"]);""", "the addresses of _agents are no constants that its initialiser or the constructor states: state them there, or look the agents up in IAgentDirectory by hand")]
    [InlineData("""private static int Port; private readonly Dictionary<string, IPEndPoint> _agents = new() { ["tutor"] = new(IPAddress.Loopback, Port) };""", """Send(_agents["tutor"]);""", "_agents has an address that is no constant host and port")]
    [InlineData("""private readonly Dictionary<string, IPEndPoint> _agents = new() { ["tutor"] = new(0x0100007F, 5601) };""", """Send(_agents["tutor"]);""", "_agents has an address that is no constant host and port")]
    [InlineData("""private readonly Dictionary<string, IPEndPoint> _agents = new() { ["tutor"] = null };""", """Send(_agents["tutor"]);""", "_agents has an address that is no constant host and port")]
    [InlineData("""private readonly Dictionary<string, string> _agents = new() { ["tutor"] = "http://10.0.0.5:5601/ask" };""", """Send(_agents["tutor"]);""", "_agents has an address that is not just host and port")]
    [InlineData("""private readonly Dictionary<string, Uri> _agents = new() { ["tutor"] = new("https://tutor.example:5601") };""", """Send(_agents["tutor"]);""", "_agents has addresses of https, whose certificates name the host that is written there")]
    [InlineData("""private readonly Dictionary<string, EndPoint> _agents = new() { ["tutor"] = new IPEndPoint(IPAddress.Loopback, 5601), ["grader"] = new DnsEndPoint("grader", 5601) };""", """Send(_agents["tutor"]);""", "_agents has addresses of several forms: give all of them one")]
    [InlineData("""private readonly Dictionary<string, string> _agents = new() { ["tutor"] = "10.0.0.5:5601", ["grader"] = "http://10.0.0.6:5601" };""", """Send(_agents["tutor"]);""", "_agents has addresses of several forms: give all of them one")]
    [InlineData("""private readonly Dictionary<string, IPEndPoint> _agents = new() { ["tutor"] = new(IPAddress.Loopback, /* was 5600 */ 5601) };""", """Send(_agents["tutor"]);""", "a comment stands within an address of _agents: move it first")]
    [InlineData("""
        private readonly Dictionary<string, IPEndPoint> _agents = new()
        {
            ["tutor"] = new(IPAddress.Loopback, 5601),
        #if LABORATORY
            ["grader"] = new(IPAddress.Loopback, 5602),
        #endif
        };
        """, """Send(_agents["tutor"]);""", "entries of _agents are compiled only at times")]
    [InlineData("""[Obsolete] private readonly Dictionary<string, IPEndPoint> _agents = new() { ["tutor"] = new(IPAddress.Loopback, 5601) };""", """Send(_agents["tutor"]);""", "_agents is declared in a way that cannot be rewritten: give it a plain declaration of its own")]
    [InlineData("private Dictionary<string, IPEndPoint> _agents; private void Fill() => _agents = new() { [\"tutor\"] = new(IPAddress.Loopback, 5601) };", "Fill(); Send(_agents[\"tutor\"]);", "the addresses of _agents are no constants that its initialiser or the constructor states: state them there, or look the agents up in IAgentDirectory by hand")]
    [InlineData("private readonly Dictionary<string, (string Host, ushort Port)> _agents = new() { [\"tutor\"] = (\"tutor\", 5601) };", "Send(_agents[\"tutor\"]);", "the addresses of _agents are kept as another type than they are made of")]
    [InlineData("private readonly Dictionary<string, IPlace> _agents = new() { [\"tutor\"] = new Place(\"tutor\", 5601) }; private interface IPlace { string Host { get; } int Port { get; } } private record struct Place(string Host, int Port) : IPlace;", "Send(_agents[\"tutor\"]);", null)]
    [InlineData("private readonly Dictionary<string, Uri> _agents = new() { [\"tutor\"] = new(\"HTTPS://tutor.example:5601\") };", "Send(_agents[\"tutor\"]);", "_agents has addresses of HTTPS, whose certificates name the host that is written there")]
    [InlineData("private readonly Dictionary<string, string> _agents = new() { [\"tutor\"] = \"rediss://tutor.example:5601\" };", "Send(_agents[\"tutor\"]);", "_agents has addresses of rediss, whose certificates name the host that is written there")]
    [InlineData("private readonly Dictionary<string, (string Host, int Port)> _agents = new() { [\"tutor\"] = (\"[::1]\", 5601) };", "Send(_agents[\"tutor\"]);", "_agents has an address that is no constant host and port")]
    [InlineData("private readonly Dictionary<string, (string, int)> _agents = new() { [\"tutor\"] = (\"tutor\", 5601) };", "foreach (var (who, (host, port)) in _agents) Send(host, port);", "DispatchAsync goes through the addresses of _agents one by one: go through its Keys, and look each up by its name")]
    [InlineData(Table, "Send(1);", "nothing looks an address up in _agents")]
    public Task What_is_no_table_of_constants_stays(string table, string use, string? reason) => RefusedAsync(table, use, reason);

    [Theory]
    [InlineData("foreach (var pair in _agents) Send(pair);", "DispatchAsync goes through the addresses of _agents one by one: go through its Keys, and look each up by its name")]
    [InlineData("Send(_agents.Values.First());", "DispatchAsync goes through the addresses of _agents one by one: go through its Keys, and look each up by its name")]
    [InlineData("foreach (var to in _agents.Values) Send(to, to);", "DispatchAsync goes through the addresses of _agents in a loop without a block: give it one first")]
    [InlineData("_agents[\"grader\"] = new(IPAddress.Loopback, 5602);", "DispatchAsync fills or changes _agents while the agent runs")]
    [InlineData("_agents[\"tutor\"].Port++; _agents[\"tutor\"].Port = 5;", "DispatchAsync fills or changes _agents while the agent runs")]
    [InlineData("_agents.TryAdd(\"grader\", new(IPAddress.Loopback, 5602));", "DispatchAsync fills or changes _agents while the agent runs")]
    [InlineData("Send(_agents.GetValueOrDefault(\"tutor\"));", "DispatchAsync asks _agents for GetValueOrDefault, and not for the address of one name")]
    [InlineData("Send(_agents);", "DispatchAsync hands _agents on to code that would not ask the directory")]
    [InlineData("if (_agents[\"tutor\"] == _agents[\"grader\"]) Send(1);", "DispatchAsync asks whether two addresses are the same object, and each look-up makes a new one: compare them by Equals")]
    [InlineData("IPEndPoint to; while (_agents.TryGetValue(\"tutor\", out to)) Send(to);", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("IPEndPoint to; if (_agents.TryGetValue(\"tutor\", out to)) Send(1); Send(to);", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("IPEndPoint to; { if (!_agents.TryGetValue(\"tutor\", out to)) continue; } Send(to);", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("IPEndPoint to; if (!_agents.TryGetValue(\"tutor\", out to)) { Send(to); return; } Send(to);", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("var place = new Place(); if (_agents.TryGetValue(place.Host, out var to)) Send(to);", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("if (_agents.TryGetValue(Whom(), out var to)) Send(to);", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("if (_agents.TryGetValue(\"tutor\", out var to)) Send(to); to = null;", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("if (!_agents.TryGetValue(\"tutor\", out var to)) to = new(IPAddress.Loopback, 1); Send(to);", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("lock (this) Send(_agents[\"tutor\"]);", "DispatchAsync cannot ask the directory for _agents: it stands in a lock, within which nothing can be awaited")]
    [InlineData("try { } catch (IOException) when (_agents[\"tutor\"] != null) { }", "DispatchAsync cannot ask the directory for _agents: it stands where nothing can be awaited")]
    [InlineData("try { } catch (IOException) when (_agents[\"tutor\"].Port > 1) { }", "DispatchAsync cannot ask the directory for _agents: it stands where nothing can be awaited")]
    [InlineData("Func<IPEndPoint> later = () => _agents[\"tutor\"]; Send(later());", "DispatchAsync cannot ask the directory for _agents: the code stands in a lambda that is run by others")]
    [InlineData("Send(from name in new[] { \"tutor\" } select _agents[name]);", "DispatchAsync cannot ask the directory for _agents: it stands where nothing can be awaited")]
    [InlineData("Bytes(\"to\"u8, _agents[\"tutor\"]);", "DispatchAsync cannot ask the directory for _agents: it stands in an expression with a span, which cannot live across an await")]
    [InlineData("foreach (var letter in \"tutor\".AsSpan()) Send(_agents[\"tutor\"]);", "DispatchAsync cannot ask the directory for _agents: it stands in a loop over a span, which cannot live across an await")]
    [InlineData("Send(string.Create(null, $\"{_agents[\"tutor\"]}\"));", "DispatchAsync cannot ask the directory for _agents: it stands in an expression with a span, which cannot live across an await")]
    [InlineData("IPEndPoint last = null; var to = _agents[\"tutor\"]; if (to != last) { last = to; Send(to); }", "DispatchAsync asks whether two addresses are the same object, and each look-up makes a new one: compare them by Equals")]
    [InlineData("if (ReferenceEquals(_agents[\"tutor\"], _agents[\"grader\"])) Send(1);", "DispatchAsync asks whether two addresses are the same object, and each look-up makes a new one: compare them by Equals")]
    [InlineData("var to = _agents[\"tutor\"]; to.Port++; Send(to);", "DispatchAsync changes an address, and each look-up makes a new one: make one that is changed instead")]
    [InlineData("foreach (var to in _agents.Values) { to.Port = 5; }", "DispatchAsync changes an address, and each look-up makes a new one: make one that is changed instead")]
    [InlineData("var name = Whom(); if (_agents.TryGetValue(name, out var to) && (name = Whom()) != null) { Send(to); }", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("var name = Whom(); if (_agents.TryGetValue(name, out var to)) Send(name = \"me\", to);", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("if (_agents.TryGetValue(\"tutor\", out var to)) for (var i = 0; i < 3; i++) Send(to);", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("IPEndPoint to = Other(); if (_agents.TryGetValue(\"tutor\", out to)) Send(to); static IPEndPoint Other() => null;", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("IPEndPoint to = null; Func<Task> ask = async () => { await Task.Yield(); if (_agents.TryGetValue(\"tutor\", out to)) Send(1); }; await ask(); Send(to);", "DispatchAsync asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index")]
    [InlineData("foreach (var pair in _agents) for (var i = 0; i < 3; i++) Send(pair.Value);", "DispatchAsync goes through the addresses of _agents in a loop without a block: give it one first")]
    [InlineData("Func<string, Task<IPEndPoint>> find = async token => { await Task.Yield(); return _agents[token]; }; Send(await find(\"tutor\"));", "DispatchAsync cannot ask the directory for _agents: token is not the token there, but something else of that name: name one of them otherwise")]
    [InlineData("Send(this?._agents[\"tutor\"]);", "DispatchAsync asks another object for its _agents, and would have to ask the directory of that one")]
    public Task A_place_that_no_look_up_can_take_keeps_the_table(string use, string reason) => RefusedAsync(Table, use, reason);

    [Theory]
    [InlineData("""public IPEndPoint Tutor => _agents["tutor"];""", "Send(Tutor);", "Tutor cannot ask the directory for _agents: a property cannot await")]
    [InlineData("""public void Ask() => Send(_agents["tutor"]);""", "Ask();", "Ask cannot ask the directory for _agents: others than the agent may call Ask, and would have to await it")]
    [InlineData("""public async Task AskAsync() { await Task.Yield(); Send(_agents["tutor"]); }""", "await AskAsync();", "AskAsync cannot ask the directory for _agents: no token is in reach of AskAsync: give it a CancellationToken first")]
    [InlineData("""private async Task AskAsync(int times = 1) { await Task.Yield(); Send(_agents["tutor"]); }""", "await AskAsync();", "AskAsync cannot ask the directory for _agents: no token is in reach of AskAsync: give it a CancellationToken first")]
    [InlineData("""private async Task AskAsync() { await Task.Yield(); Send(_agents["tutor"]); }""", "Func<Task> ask = AskAsync; await ask();", "AskAsync cannot ask the directory for _agents: AskAsync is handed on as a delegate, which brings it no token: give it a CancellationToken first")]
    [InlineData("""private readonly object _first; public DispatchAgent(AgentContext context, int number) : this(context) => _first = _agents["tutor"];""", "Send(_first);", "the constructor cannot ask the directory for _agents: it stands in a member that cannot be asynchronous")]
    [InlineData("""private IEnumerable<object> All() { yield return _agents["tutor"]; }""", "Send(All());", "All cannot ask the directory for _agents: it is an iterator")]
    [InlineData("""private void Ask() { Span<byte> room = stackalloc byte[4]; Send(room.Length); Send(_agents["tutor"]); }""", "Ask();", "Ask cannot ask the directory for _agents: it holds spans, which cannot live across an await")]
    [InlineData("private async Task AskAsync(string name) { await Task.Yield(); Send(_agents[name]); } private async Task AskAsync(string name, CancellationToken stop) => await AskAsync(name);", "await AskAsync(\"tutor\", token);", "AskAsync cannot ask the directory for _agents: AskAsync has an overload that takes a CancellationToken: call that one")]
    [InlineData("private int Ask<T>(T name) => _agents[$\"{name}\"].Port;", "Send(Ask<string>(\"tutor\"), Ask(5));", "Ask cannot ask the directory for _agents: Ask is called with type arguments: leave them out first, where they go without saying")]
    [InlineData("private async Task<T> AskAsync<T>(T name) { await Task.Yield(); Send(_agents[$\"{name}\"]); return name; }", "Send(await AskAsync<string>(\"tutor\"));", "AskAsync cannot ask the directory for _agents: AskAsync is called with type arguments: leave them out first, where they go without saying")]
    [InlineData("private void Ask(string name) => Send(_agents[name]); /** <see cref=\"Ask(string)\"/> */ private int _asked;", "Ask(\"tutor\"); Send(_asked);", "Ask cannot ask the directory for _agents: a comment names Ask with its parameters, which would get a token more: name it without them first")]
    [InlineData("protected override ValueTask OnStoppedAsync(CancellationToken _) { Send(_agents[\"tutor\"]); return ValueTask.CompletedTask; }", "Send(1);", "OnStoppedAsync cannot ask the directory for _agents: its token is called _: give it a name first")]
    [InlineData("private void Ask(DispatchAgent other) => Send(other._agents[\"tutor\"]);", "Ask(this);", "Ask asks another object for its _agents, and would have to ask the directory of that one")]
    public Task A_member_that_cannot_await_keeps_the_table(string member, string use, string reason) => RefusedAsync(Table + "\n    " + member, use, reason);

    [Fact]
    public Task A_static_method_has_no_agent_to_ask() => RefusedAsync(
        """private static readonly Dictionary<string, IPEndPoint> _agents = new() { ["tutor"] = new(IPAddress.Loopback, 5601) }; private static async Task AskAsync(CancellationToken token) { await Task.Yield(); Send(_agents["tutor"]); }""",
        "await AskAsync(token);",
        "AskAsync cannot ask the directory for _agents: it has no agent there, whose directory it could ask");

    [Fact]
    public async Task A_loop_that_keeps_its_thread_for_other_things_keeps_the_table()
    {
        var before = Agent(Table + """


            protected override ValueTask OnStartedAsync(CancellationToken cancellationToken)
            {
                RunOnThread("serve", Serve);
                return ValueTask.CompletedTask;
            }

            private void Serve(CancellationToken token)
            {
                using var socket = new UdpClient(0);
                while (!token.IsCancellationRequested)
                {
                    var from = new IPEndPoint(IPAddress.Any, 0);
                    Send(socket.Receive(ref from), from);
                    Send(_agents["tutor"]);
                }
            }
            """, "Send(1);");

        await RefusedAsync(before, "Serve cannot ask the directory for _agents: its loop also waits on its thread for other things: let those end by the token first");
    }

    [Fact]
    public async Task A_table_that_others_use_stays()
    {
        const string Other = """
            namespace Fleet;

            public static class Other
            {
                public static object First(DispatchAgent agent) => agent.Agents["tutor"];
            }

            """;
        var before = Agent("""public Dictionary<string, IPEndPoint> Agents = new() { ["tutor"] = new IPEndPoint(IPAddress.Parse("10.0.0.5"), 5601) };""", """Send(Agents["tutor"]);""");

        var (texts, agents) = await LiftVerifier.LiftAsync(Assisted, [new ServiceLookupRewriter()], before, Other);

        texts[0].ShouldBe(before);
        agents.Single().Obstacles.ShouldHaveSingleItem().Reason.ShouldBe("others than the agent use Agents, and would not ask the directory");
    }

    private static LiftOptions Assisted => LiftOptions.Everything with { IncludeAssisted = true };

    private static Task RefusedAsync(string table, string use, string? reason) => RefusedAsync(Agent(table, use), reason);

    private static async Task RefusedAsync(string before, string? reason)
    {
        var (texts, agents) = await LiftVerifier.LiftAsync(Assisted, [new ServiceLookupRewriter()], before);

        texts[0].ShouldBe(before);
        agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldBe(reason is null ? [] : new[] { reason });
    }

    private static async Task<string> LiftAsync(string members, string use)
    {
        var (texts, agents) = await LiftVerifier.LiftAsync(Assisted, [new ServiceLookupRewriter()], Agent(members, use));
        var reasons = string.Join("; ", agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason));
        if (reasons.Length == 0)
            agents.Single().After.ShouldNotContain(evidence => evidence.Rule.Id == RuleIds.HandRolledServiceLookup);
        return reasons.Length == 0 ? texts[0] : $"{reasons}\n{texts[0]}";
    }

    private static string Agent(string members, string use, string method = "") => $$"""
        using System.Collections.Concurrent;
        using System.Collections.Frozen;
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;
        using System.Net;
        using System.Net.Sockets;
        using AgentLift.Runtime;

        namespace Fleet;

        public partial class DispatchAgent(AgentContext context) : BaseAgent(context)
        {
            private const string TutorHost = "10.0.0.5";
            private const int TutorPort = 5601;

            {{Indented(members, 1)}}

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunSupervised("dispatch", DispatchAsync);
                return ValueTask.CompletedTask;
            }

            private async Task DispatchAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    await Task.Delay(1000, token);
                    {{Indented(use, 3)}}
                }
            }

            private static void Send(object address, object more = null) { }

            private static void Bytes(ReadOnlySpan<byte> text, object address) { }

            private static string Whom() => "tutor";
        {{method}}}

        public record struct Place(string Host, int Port);

        public static class Ports
        {
            public const string Host = "tutor.example";
        }

        """.ReplaceLineEndings("\n");

    private static string Indented(string text, int levels) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select((line, i) => i == 0 || line.Length == 0 || line[0] == '#' ? line : new string(' ', levels * 4) + line));
}
