using System.Net.Sockets;
using System.Security.Authentication;
using AgentLift.Runtime.Endpoints;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace AgentLift.Runtime.Messaging;

/// <summary>The way to one instance of an agent: pooled connections behind a time-out and a circuit breaker.</summary>
internal sealed class InstanceChannel : IAsyncDisposable
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    private readonly string agent;
    private readonly string address;
    private readonly AgentClientOptions options;
    private readonly ConnectionPool pool;
    private readonly ResiliencePipeline<byte[]> pipeline;
    private readonly CircuitBreakerStateProvider circuit = new();

    /// <param name="agent">The agent asked.</param>
    /// <param name="address">Where the instance listens, <c>HOST:PORT</c>.</param>
    /// <param name="options">The limits.</param>
    /// <param name="pool">Its connections.</param>
    /// <param name="time">The clock.</param>
    /// <param name="circuitChanged">Told when the circuit opens or closes.</param>
    public InstanceChannel(string agent, string address, AgentClientOptions options, ConnectionPool pool, TimeProvider time, Action<string, bool> circuitChanged)
    {
        this.agent = agent;
        this.address = address;
        this.options = options;
        this.pool = pool;
        var streak = new FailureStreak(options.BreakAfter);
        var breaker = new CircuitBreakerStrategyOptions<byte[]>
        {
            FailureRatio = 0,
            MinimumThroughput = 2,
            SamplingDuration = LongestWindow,
            BreakDuration = options.BreakDuration,
            StateProvider = circuit,
            ShouldHandle = arguments => ValueTask.FromResult(streak.Count(IsInstanceAtFault(arguments.Outcome.Exception))),
            OnOpened = _ => Told(opened: true),
            OnClosed = _ => Told(opened: false),
        };
        pipeline = new ResiliencePipelineBuilder<byte[]> { TimeProvider = time }.AddCircuitBreaker(breaker).AddTimeout(options.AttemptTimeout).Build();

        ValueTask Told(bool opened)
        {
            circuitChanged(address, opened);
            return default;
        }
    }

    /// <summary>Whether a question would be sent.</summary>
    public bool IsOpenForQuestions => circuit.CircuitState is not (CircuitState.Open or CircuitState.Isolated);

    /// <summary>Sends a question and reads its answer.</summary>
    /// <exception cref="AgentCallException">There is none.</exception>
    public async ValueTask<byte[]> AskAsync(Question question, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(
                static (state, token) => state.Channel.AttemptAsync(state.Question, token), (Channel: this, Question: question), cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenCircuitException open)
        {
            throw new AgentCallException(
                agent, question.Operation, AgentCallFailure.CircuitOpen, $"{address} failed {options.BreakAfter} times in a row and is left alone for {options.BreakDuration:c}.", open);
        }
        catch (TimeoutRejectedException late)
        {
            throw new AgentCallException(agent, question.Operation, AgentCallFailure.TimedOut, $"{address} gave no answer within {options.AttemptTimeout:c}.", late);
        }
    }

    public ValueTask CloseIdleAsync() => pool.CloseIdleAsync();

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    // An agent that answers is at work, whatever it answers. The one who asks giving up says nothing about it.
    private static bool IsInstanceAtFault(Exception? error) => error is TimeoutRejectedException
        or AgentCallException { Failure: AgentCallFailure.Unreachable or AgentCallFailure.Broken or AgentCallFailure.Disagreement };

    private async ValueTask<byte[]> AttemptAsync(Question question, CancellationToken cancellationToken)
    {
        ClientConnection connection;
        try
        {
            connection = await pool.TakeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or IOException or TimeoutException or AuthenticationException)
        {
            throw new AgentCallException(agent, question.Operation, AgentCallFailure.Unreachable, $"{address} cannot be reached: {error.Message}", error);
        }

        try
        {
            var answer = await connection.AskAsync(question.Framing, question.Frame, options.MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
            if (question.IsFarewell(answer))
                await connection.DisposeAsync().ConfigureAwait(false);
            else
                await pool.GiveBackAsync(connection).ConfigureAwait(false);
            return answer;
        }
        catch (Exception error)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw error switch
            {
                EndpointProtocolException => new AgentCallException(agent, question.Operation, AgentCallFailure.Disagreement, $"{address}: {error.Message}.", error),
                IOException or SocketException => new AgentCallException(agent, question.Operation, AgentCallFailure.Broken, $"the connection to {address} broke: {error.Message}", error),
                _ => error,
            };
        }
    }
}
