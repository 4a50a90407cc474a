using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.Loader;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AgentLift.CodeFixes.Tests.Integration;

/// <summary>A legacy agent with a table of addresses, lifted through all stages and at work.</summary>
public sealed class LookupRunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TcpListener inTable = Listening();
    private readonly TcpListener inSettings = Listening();
    private readonly TcpListener inDirectory = Listening();

    [Fact]
    public async Task An_agent_is_asked_where_the_table_says_until_it_has_entered_itself()
    {
        using var host = await StartAsync([]);

        (await inTable.AcceptTcpClientAsync().WaitAsync(Patience)).Dispose();
        inDirectory.Pending().ShouldBeFalse();
        await EnterAsync(host, "tutor");

        (await inDirectory.AcceptTcpClientAsync().WaitAsync(Patience)).Dispose();
        await host.StopAsync();
    }

    [Fact]
    public async Task A_setting_takes_the_place_of_the_table_and_the_directory_that_of_both()
    {
        using var host = await StartAsync(new() { ["Agents:DispatchAgent:AgentAddresses:tutor"] = inSettings.LocalEndpoint.ToString() });

        (await inSettings.AcceptTcpClientAsync().WaitAsync(Patience)).Dispose();
        inTable.Pending().ShouldBeFalse();
        await EnterAsync(host, "tutor");

        (await inDirectory.AcceptTcpClientAsync().WaitAsync(Patience)).Dispose();
        await host.StopAsync();
    }

    [Fact]
    public async Task Who_is_nowhere_is_told_as_before()
    {
        var agent = (BaseAgent)Activator.CreateInstance(await LiftedAsync(5601), AgentContext.Standalone("dispatch"))!;

        (await FindAsync(agent, "tutor")).ShouldBe(new IPEndPoint(IPAddress.Loopback, 5601));
        await Should.ThrowAsync<KeyNotFoundException>(FindAsync(agent, "nobody"));
    }

    public void Dispose()
    {
        inTable.Dispose();
        inSettings.Dispose();
        inDirectory.Dispose();
    }

    private static Task<IPEndPoint> FindAsync(BaseAgent agent, string name) =>
        (Task<IPEndPoint>)agent.GetType().GetMethod("FindAgentAsync", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(agent, [name, CancellationToken.None])!;

    private static TcpListener Listening()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private async Task EnterAsync(IHost host, string agent) => await host.Services.GetRequiredService<IAgentDirectory>().RegisterAsync(
        new AgentInstance { Agent = agent, Id = "a", Endpoints = new Dictionary<string, string> { ["requests"] = inDirectory.LocalEndpoint.ToString()! } }, CancellationToken.None);

    private async Task<IHost> StartAsync(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        var type = await LiftedAsync(((IPEndPoint)inTable.LocalEndpoint).Port);
        typeof(AgentHostingExtensions).GetMethods().Single(method => method.Name == "AddAgent" && method.GetParameters().Length == 2).MakeGenericMethod(type).Invoke(null, [builder, null]);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<Type> LiftedAsync(int port)
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Source(port))]);
        solution = (await StageLift.ApplyAsync(solution, Core.Rules.MigrationStage.Integration, LiftOptions.Everything with { IncludeAssisted = true }, CancellationToken.None)).Solution;
        (await solution.Projects.Single().Documents.First().GetTextAsync()).ToString().ShouldContain("await FindAgentAsync(name, token)");
        var (compilation, _) = await PlatformGenerators.GenerateAsync(solution.Projects.Single());
        using var stream = new MemoryStream();
        compilation.WithAssemblyName("Fleet" + Guid.NewGuid().ToString("N")).Emit(stream).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        stream.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(stream).GetType("Fleet.DispatchAgent", throwOnError: true)!;
    }

    private static string Source(int port) => $$"""
        using System.Net;
        using System.Net.Sockets;

        namespace Fleet;

        public class DispatchAgent
        {
            private readonly Dictionary<string, IPEndPoint> _agentAddresses = new()
            {
                ["tutor"] = new IPEndPoint(IPAddress.Loopback, {{port}}),
            };

            private volatile bool _running = true;

            public void Start() => new Thread(DispatchLoop).Start();

            public void Stop() => _running = false;

            private void DispatchLoop()
            {
                while (_running)
                {
                    foreach (var (name, address) in _agentAddresses)
                        Call(address);
                    Thread.Sleep(20);
                }
            }

            private static void Call(IPEndPoint to)
            {
                using var client = new TcpClient { ReceiveTimeout = 1000, SendTimeout = 1000 };
                client.Connect(to);
            }
        }

        """.ReplaceLineEndings("\n");
}
