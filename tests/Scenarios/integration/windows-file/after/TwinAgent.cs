using System.Net;
using System.Net.Sockets;
using System.Text;
using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
public sealed class TwinAgent<TState>(AgentContext context, int port) : BaseAgent(context)
	where TState : new()
{
	private readonly TState _state = new();
	private readonly IPEndPoint _address = new IPEndPoint(IPAddress.Loopback, port);

	protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
	{
		ListenDatagrams("requests", AnswerDatagram, defaults: EndpointOptions.WithoutLimits(_address));
		return ValueTask.CompletedTask;
	}

#if DEBUG
	public TState State0 => _state;
#endif

	private byte[] AnswerDatagram(AgentDatagram datagram)
	{
		var packet = new UdpReceiveResult(datagram.Data.ToArray(), datagram.Sender);
		// beats want no answer
		if (packet.Buffer.Length == 4)
			return null;
		var answer = Encoding.UTF8.GetBytes(_state + Encoding.UTF8.GetString(packet.Buffer));
		return answer;
	}
}
