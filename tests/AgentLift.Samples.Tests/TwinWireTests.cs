using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AgentLift.Samples.Tests;

/// <summary>The lifted digital twin answers the same datagrams with the same bytes as the legacy one.</summary>
[Collection(StartedAgents.Name)]
public sealed class TwinWireTests(FleetFiles files)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_same_datagrams_get_the_same_bytes()
    {
        var (legacyPort, liftedPort) = (FreePort.Udp(), FreePort.Udp());
        await using var legacy = await AgentProcess.StartLegacyAsync("digital-twin", legacyPort);
        await using var lifted = await StartLiftedAsync(liftedPort);
        byte[][] datagrams = [.. TwinRequests.All.Select(Encoding.UTF8.GetBytes), [0xFF, 0x00], [.. "{\"cmd\":\""u8, 0xC3, 0x28, .. "\"}"u8]];

        foreach (var datagram in datagrams)
        {
            var expected = await AskAsync(legacyPort, datagram);
            var answer = await AskAsync(liftedPort, datagram);

            Encoding.UTF8.GetString(answer).ShouldBe(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(datagram));
            answer.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task A_request_that_used_to_end_the_process_is_refused_and_changes_nothing()
    {
        var port = FreePort.Udp();
        await using var lifted = await StartLiftedAsync(port);

        var refused = await AskAsync(port, "{\"cmd\":\"telemetry\",\"power\":1e999}"u8.ToArray());
        var state = await AskAsync(port, "{\"cmd\":\"state\"}"u8.ToArray());

        Encoding.UTF8.GetString(refused).ShouldBe("{\"ok\":false,\"error\":\"bad request\"}\n");
        Encoding.UTF8.GetString(state).ShouldBe("{\"ok\":true,\"steps\":0,\"seconds\":0,\"celsius\":20}\n");
    }

    [Fact]
    public async Task A_signal_ends_the_lifted_twin_in_order()
    {
        await using var lifted = await StartLiftedAsync(FreePort.Udp());

        (await lifted.TerminateAsync()).ShouldBe(0, lifted.Output);
        lifted.Output.ShouldContain("Agent digital-twin stopped");
    }

    private Task<AgentProcess> StartLiftedAsync(int port) => AgentProcess.StartLiftedAsync(
        "Lifted.DigitalTwin",
        $"--Agents:digital-twin:Endpoints:requests:Address=127.0.0.1:{port}",
        $"--DigitalTwin:CalibrationFile={FleetFiles.Table("calibration.csv")}",
        $"--DigitalTwin:DatabaseFile={files.NewFile("twin.db")}");

    private static async Task<byte[]> AskAsync(int port, byte[] datagram)
    {
        using var client = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await client.SendAsync(datagram, new IPEndPoint(IPAddress.Loopback, port));
        using var over = new CancellationTokenSource(Patience);
        return (await client.ReceiveAsync(over.Token)).Buffer;
    }
}
