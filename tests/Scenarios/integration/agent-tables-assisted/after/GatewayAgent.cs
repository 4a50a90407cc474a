using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using AgentLift.Runtime;
namespace Fleet {
  /// <summary>Looks after others.</summary>
  [LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
  public partial class GatewayAgent : BaseAgent {
    public static readonly Dictionary<string, string> Agents = new Dictionary<string, string>() {
      {"tutor", "10.0.0.5:5601"}, {"grader", $"10.0.0.6:{Ports.Grader}"} };
    public GatewayAgent(AgentContext context)
      : base(context) {
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) { RunSupervised("t", LoopAsync); return ValueTask.CompletedTask; }
    async Task LoopAsync(CancellationToken token) {
      while (!token.IsCancellationRequested) {
        await PingAsync("tutor", token); await PingAsync("grader", token); // both
        foreach (var name in Agents.Keys) {
          if (name == "self") continue;
          // the rest
          await PingAsync(name, token);
          Log(name + " is at " + await FindAgentAsync(name, token));
        }
        await Task.Delay(TimeSpan.FromSeconds(2), token);
      }
    }
    async Task PingAsync(string agent, CancellationToken token) {
      IPEndPoint ep;
      if (!Agents.ContainsKey(agent)) { Log("no " + agent); return; }
      ep = await FindAgentAsync(agent, token);
      try {
        using (var c = new TcpClient { ReceiveTimeout = 1000, SendTimeout = 1000 }) { c.Connect(
          await FindAgentAsync(agent, token) // again
          ); }
      } catch (SocketException) { Log(agent + " at " + ep + " is down"); }
    }
    static void Log(string text) { }

    // AGENTLIFT AGL1006: whoever enters itself in the directory by its name in Agents is asked there, the others where the setting Agents:NAME or the table says; see that the names agree.
    private async Task<IPEndPoint> FindAgentAsync(string agent, CancellationToken cancellationToken) {
      var address = await Context.Directory.FindAddressAsync(agent, endpoint: null, cancellationToken) ?? Context.Setting($"Agents:{agent}", Agents[agent]);
      return await AgentAddress.Parse(address).ResolveAsync(cancellationToken);
    }
  }
  static class Ports { public const int Grader = 5602; }
}
