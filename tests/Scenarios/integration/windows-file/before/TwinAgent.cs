using System.Net;
using System.Net.Sockets;
using System.Text;
using AgentLift.Runtime;

namespace Fleet;

public sealed class TwinAgent<TState>(AgentContext context, int port) : BaseAgent(context)
	where TState : new()
{
	private readonly TState _state = new();
	private readonly UdpClient _udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));

	protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
	{
		Own(_udp);
		RunSupervised("receive", ReceiveAsync);
		return ValueTask.CompletedTask;
	}

	private async Task ReceiveAsync(CancellationToken token)
	{
		while (!token.IsCancellationRequested)
		{
			var packet = await _udp.ReceiveAsync(token);
			// beats want no answer
			if (packet.Buffer.Length == 4)
				continue;
			var answer = Encoding.UTF8.GetBytes(_state + Encoding.UTF8.GetString(packet.Buffer));
			await _udp.SendAsync(answer, answer.Length, packet.RemoteEndPoint);
		}
	}

#if DEBUG
	public TState State0 => _state;
#endif
}
