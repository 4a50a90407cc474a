using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.RateLimiting;
using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AgentLift.Runtime.Messaging;

/// <summary>The way to an agent: picks an instance for each attempt, and bounds questions in number and time.</summary>
internal sealed class CallRoute : IAsyncDisposable
{
    private static readonly TimeSpan IdleScan = TimeSpan.FromSeconds(10);
    private static readonly ResiliencePropertyKey<HashSet<string>> Tried = new("tried");

    private readonly string target;
    private readonly string? endpoint;
    private readonly AgentContext agent;
    private readonly ILogger logger;
    private readonly AgentClientOptions options;
    private readonly X509Certificate2Collection? trusted;
    private readonly ConcurrencyLimiter bulkhead;
    private readonly ResiliencePipeline<byte[]> pipeline;
    private readonly ConcurrentDictionary<string, InstanceChannel> channels = new(StringComparer.Ordinal);
    private readonly ITimer idle;
    private uint turn;

    /// <param name="target">The agent to be asked.</param>
    /// <param name="endpoint">Its endpoint; the only one it has where <see langword="null"/>.</param>
    /// <param name="agent">The agent that asks.</param>
    /// <param name="logger">Its log.</param>
    /// <param name="options">The limits.</param>
    public CallRoute(string target, string? endpoint, AgentContext agent, ILogger logger, AgentClientOptions options)
    {
        this.target = target;
        this.endpoint = endpoint;
        this.agent = agent;
        this.logger = logger;
        this.options = options;
        trusted = LoadTrusted();
        bulkhead = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.MaxConcurrentCalls,
            QueueLimit = options.MaxWaitingCalls,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        var builder = new ResiliencePipelineBuilder<byte[]> { TimeProvider = agent.Time };
        builder.AddTimeout(options.Timeout);
        if (options.MaxAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<byte[]>
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(MayAskAgain(arguments.Outcome.Exception, arguments.Context.Properties.GetValue(Repeatable, false))),
                OnRetry = arguments =>
                {
                    agent.Metrics.CallRetried(target);
                    return default;
                },
            });
        }

        pipeline = builder.Build();
        idle = agent.Time.CreateTimer(_ => _ = CloseIdleAsync(), null, IdleScan, IdleScan);
    }

    private static ResiliencePropertyKey<bool> Repeatable { get; } = new("repeatable");

    /// <summary>Asks until there is an answer or no hope of one.</summary>
    /// <exception cref="AgentCallException">There is none.</exception>
    public async ValueTask<byte[]> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var began = agent.Time.GetTimestamp();
        Exception? failure = null;
        try
        {
            using var turnTaken = await bulkhead.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
            if (!turnTaken.IsAcquired)
            {
                throw new AgentCallException(
                    target, question.Operation, AgentCallFailure.Busy, $"{options.MaxConcurrentCalls} questions are under way and {options.MaxWaitingCalls} wait.");
            }

            return await AskInTurnAsync(question, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException late)
        {
            throw new AgentCallException(target, question.Operation, AgentCallFailure.TimedOut, $"no answer within {options.Timeout:c}, over all attempts.", failure = late);
        }
        catch (Exception error)
        {
            failure = error;
            throw;
        }
        finally
        {
            agent.Metrics.Called(target, question.Operation, agent.Time.GetElapsedTime(began), failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await idle.DisposeAsync().ConfigureAwait(false);
        foreach (var channel in channels.Values)
            await channel.DisposeAsync().ConfigureAwait(false);
        await bulkhead.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<byte[]> AskInTurnAsync(Question question, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(Repeatable, question.Repeatable);
            context.Properties.Set(Tried, []);
            return await pipeline.ExecuteAsync(
                static (attempt, state) => state.Route.AttemptAsync(state.Question, attempt), context, (Route: this, Question: question)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<byte[]> AttemptAsync(Question question, ResilienceContext attempt)
    {
        var tried = attempt.Properties.GetValue(Tried, []);
        var channel = await PickAsync(question, tried, attempt.CancellationToken).ConfigureAwait(false);
        var answer = await channel.AskAsync(question, attempt.CancellationToken).ConfigureAwait(false);
        question.Check(answer);
        return answer;
    }

    /// <summary>Picks the next instance in turn: healthy before unhealthy, not tried before tried, with a closed circuit before an open one.</summary>
    private async ValueTask<InstanceChannel> PickAsync(Question question, HashSet<string> tried, CancellationToken cancellationToken)
    {
        var instances = await FindAsync(question, cancellationToken).ConfigureAwait(false);
        var first = (int)(Interlocked.Increment(ref turn) % (uint)Math.Max(1, instances.Count));
        InstanceChannel? best = null;
        string? bestAddress = null;
        var bestRank = int.MaxValue;
        for (var i = 0; i < instances.Count; i++)
        {
            var instance = instances[(first + i) % instances.Count];
            if (instance.AddressOf(endpoint) is not { } address)
                continue;
            var channel = ChannelTo(address);
            var rank = (channel.IsOpenForQuestions ? 0 : 4) + (tried.Contains(address) ? 2 : 0) + (instance.Health == HealthStatus.Unhealthy ? 1 : 0);
            if (rank < bestRank)
                (best, bestAddress, bestRank) = (channel, address, rank);
        }

        if (best is null)
        {
            throw new AgentCallException(
                target, question.Operation, AgentCallFailure.NotFound,
                instances.Count == 0 ? "the directory knows no instance of it." : $"none of its {instances.Count} instances has an endpoint {endpoint ?? "of its own, or each has several; name one"}.");
        }

        tried.Add(bestAddress!);
        return best;
    }

    private async ValueTask<IReadOnlyList<AgentInstance>> FindAsync(Question question, CancellationToken cancellationToken)
    {
        try
        {
            return await agent.Directory.FindAsync(target, cancellationToken).ConfigureAwait(false);
        }
        catch (AgentDirectoryException error)
        {
            throw new AgentCallException(target, question.Operation, AgentCallFailure.NotFound, error.Message, error);
        }
    }

    private InstanceChannel ChannelTo(string address) => channels.TryGetValue(address, out var known)
        ? known
        : channels.GetOrAdd(address, added => new InstanceChannel(
            target, added, options, new ConnectionPool(added, options, trusted, agent.Time), agent.Time, CircuitChanged));

    private void CircuitChanged(string address, bool opened)
    {
        agent.Metrics.CircuitChanged(target, opened);
        if (opened)
            AgentLog.CircuitOpened(logger, agent.Name, target, address, options.BreakAfter, options.BreakDuration.TotalSeconds);
        else
            AgentLog.CircuitClosed(logger, agent.Name, target, address);
    }

    // Instances come and go on other ports: the ways to those that are gone must not pile up.
    private async Task CloseIdleAsync()
    {
        try
        {
            var listed = (await agent.Directory.FindAsync(target, CancellationToken.None).ConfigureAwait(false)).Select(instance => instance.AddressOf(endpoint)).ToHashSet();
            foreach (var (address, channel) in channels)
            {
                if (listed.Contains(address))
                    await channel.CloseIdleAsync().ConfigureAwait(false);
                else if (channels.TryRemove(address, out _))
                    await channel.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (AgentDirectoryException)
        {
            // Without a directory nothing is known to be gone; the next scan asks again.
        }
    }

    private static bool MayAskAgain(Exception? error, bool repeatable) => error is AgentCallException call && call.Failure switch
    {
        AgentCallFailure.Unreachable or AgentCallFailure.Draining or AgentCallFailure.CircuitOpen or AgentCallFailure.NotFound => true,
        AgentCallFailure.Broken or AgentCallFailure.TimedOut => repeatable,
        _ => false,
    };

    private X509Certificate2Collection? LoadTrusted()
    {
        if (options.TrustedCertificatesFile is not { } file)
            return null;
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            var key = $"{AgentOptions.Section}:{agent.Name}:{nameof(AgentOptions.Clients)}:{target}:{nameof(AgentClientOptions.TrustedCertificatesFile)}";
            throw new AgentFailedException(agent.Name, $"client {target}", $"the certificates {file} do not load: {error.Message} Check {key}.", error);
        }

        return certificates;
    }
}
