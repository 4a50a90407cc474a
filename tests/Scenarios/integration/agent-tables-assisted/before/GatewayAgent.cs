using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
namespace Fleet {
  /// <summary>Looks after others.</summary>
  public class GatewayAgent {
    public static readonly Dictionary<string, IPEndPoint> Agents = new Dictionary<string, IPEndPoint>() {
      {"tutor", new IPEndPoint(IPAddress.Parse("10.0.0.5"), 5601)}, {"grader", new IPEndPoint(IPAddress.Parse("10.0.0.6"), Ports.Grader)} };
    volatile bool run;
    Thread t;
    public void Start() { run = true; t = new Thread(Loop); t.Start(); }
    public void Stop() { run = false; t.Join(); }
    void Loop() {
      while (run) {
        Ping("tutor"); Ping("grader"); // both
        foreach (var pair in Agents) {
          if (pair.Key == "self") continue;
          // the rest
          Ping(pair.Key);
          Log(pair.Key + " is at " + pair.Value);
        }
        Thread.Sleep(TimeSpan.FromSeconds(2));
      }
    }
    void Ping(string agent) {
      IPEndPoint ep;
      if (!Agents.TryGetValue(agent, out ep)) { Log("no " + agent); return; }
      try {
        using (var c = new TcpClient { ReceiveTimeout = 1000, SendTimeout = 1000 }) { c.Connect(
          Agents[agent] // again
          ); }
      } catch (SocketException) { Log(agent + " at " + ep + " is down"); }
    }
    static void Log(string text) { }
  }
  static class Ports { public const int Grader = 5602; }
}
