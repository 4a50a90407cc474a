using System.Net;
using System.Net.Sockets;

namespace AgentLift.Runtime.Tests;

/// <summary>What happens to a whole process that is asked to end, or killed.</summary>
public class ProcessTests
{
    private const int Clients = 16;
    private const int AnswersBefore = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Sigterm_under_load_answers_all_that_was_accepted_and_ends_with_0()
    {
        using var echo = EchoProcess.Start();
        var answered = 0;
        var asking = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => AskUntilClosedAsync(echo.AddressOf("lines"), () => Interlocked.Increment(ref answered)))).ToArray();
        SpinWait.SpinUntil(() => Volatile.Read(ref answered) > AnswersBefore, Patience).ShouldBeTrue();

        echo.Signal("TERM");

        echo.WaitForExit().ShouldBe(0, echo.Output);
        await Task.WhenAll(asking).WaitAsync(Patience);
        echo.Handled().ShouldBe(answered, echo.Output);
    }

    [Fact]
    public async Task Sigkill_leaves_no_port_behind()
    {
        IPEndPoint address;
        using (var killed = EchoProcess.Start())
        {
            address = killed.AddressOf("lines");
            using var client = await LineClient.ConnectAsync(address);
            await client.SendAsync("one\n");
            (await client.ReadLinesAsync(1)).ShouldBe(["echo one"]);
            killed.Signal("KILL");
            killed.WaitForExit().ShouldNotBe(0);
        }

        using var again = EchoProcess.Start(EchoProcess.AddressKey("lines") + address);

        using var next = await LineClient.ConnectAsync(address);
        await next.SendAsync("two\n");
        (await next.ReadLinesAsync(1)).ShouldBe(["echo two"]);
    }

    [Fact]
    public void A_port_in_use_ends_the_process_with_1_and_names_the_key()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, output) = EchoProcess.Run(EchoProcess.AddressKey("lines") + taken.LocalEndpoint, EchoProcess.AddressKey("messages") + "127.0.0.1:0");

        exitCode.ShouldBe(1, output);
        output.ShouldContain($"it cannot listen on {taken.LocalEndpoint}: Address already in use. Free the port, or set Agents:echo:Endpoints:lines:Address.");
        output.Split('\n').Count(line => line.StartsWith("crit:", StringComparison.Ordinal)).ShouldBe(1, output);
        output.ShouldNotContain("Unhandled exception");
    }

    [Theory]
    [InlineData("--Agents:echo:DrainTimeout=02:00:00", "Agents:echo:DrainTimeout is 02:00:00; it must be from 00:00:00 to 01:00:00.")]
    [InlineData("--Agents:echo:Endpoints:lines:MaxMessageBytes=0", "Agents:echo:Endpoints:lines:MaxMessageBytes is 0; it must be from 1 to 1073741824.")]
    [InlineData("--Agents:echo:Clients:other:MaxAttempts=0", "Agents:echo:Clients:other:MaxAttempts is 0; it must be from 1 to 10.")]
    [InlineData("--Directory:Kind=Etcd", "Directory:Etcd:Endpoints")]
    [InlineData("--Monitoring:Address=nowhere", "Monitoring:Address")]
    public void A_setting_out_of_range_is_named_at_start(string setting, string message)
    {
        var (exitCode, output) = EchoProcess.Run(EchoProcess.AddressKey("lines") + "127.0.0.1:0", EchoProcess.AddressKey("messages") + "127.0.0.1:0", setting);

        exitCode.ShouldNotBe(0);
        output.ShouldContain(message);
    }

    // One question at a time, so that every question that was sent is either answered or known to be the last.
    private static async Task AskUntilClosedAsync(IPEndPoint address, Action answered)
    {
        using var client = await LineClient.ConnectAsync(address);
        try
        {
            while (true)
            {
                await client.SendAsync("slow question\n");
                if ((await client.ReadLinesAsync(1))[0] is null)
                    return;
                answered();
            }
        }
        catch (IOException)
        {
            // Closed while the next question was on its way: nobody took it.
        }
    }
}
