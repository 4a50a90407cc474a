using System.Collections.Concurrent;

namespace StackExchange.Redis;

/// <summary>The multiplexer's shape over a dictionary in this process. Connecting costs a thread and some buffers, as the real one does.</summary>
public sealed class ConnectionMultiplexer : IDisposable
{
    private static readonly ConcurrentDictionary<string, MemoryDatabase> Servers = new ConcurrentDictionary<string, MemoryDatabase>();
    private readonly byte[][] buffers = new byte[16][];
    private readonly string server;

    private ConnectionMultiplexer(string configuration)
    {
        server = configuration.Split(',')[0];
        for (var i = 0; i < buffers.Length; i++)
            buffers[i] = new byte[64 * 1024];
        var handshake = new Thread(() => Servers.GetOrAdd(server, _ => new MemoryDatabase()));
        handshake.Start();
        handshake.Join();
    }

    public bool IsConnected { get; private set; } = true;

    public static ConnectionMultiplexer Connect(string configuration, TextWriter log = null) => new ConnectionMultiplexer(configuration);

    public IDatabase GetDatabase(int db = -1, object asyncState = null) => Servers[server];

    public void Close(bool allowCommandsToComplete = true) => IsConnected = false;

    public void Dispose() => Close();
}

public interface IDatabase
{
    bool StringSet(RedisKey key, RedisValue value, TimeSpan? expiry = null);

    RedisValue StringGet(RedisKey key);

    long StringIncrement(RedisKey key, long value = 1);

    bool HashSet(RedisKey key, RedisValue hashField, RedisValue value);

    RedisValue HashGet(RedisKey key, RedisValue hashField);

    long ListRightPush(RedisKey key, RedisValue value);

    long ListLength(RedisKey key);

    bool KeyDelete(RedisKey key);
}

public readonly struct RedisKey
{
    private readonly string text;

    private RedisKey(string text) => this.text = text;

    public static implicit operator RedisKey(string key) => new RedisKey(key);

    public override string ToString() => text;
}

public readonly struct RedisValue
{
    private readonly string text;

    private RedisValue(string text) => this.text = text;

    public bool IsNull => text == null;

    public bool HasValue => text != null;

    public static RedisValue Null => default;

    public static implicit operator RedisValue(string value) => new RedisValue(value);

    public static implicit operator RedisValue(long value) => new RedisValue(value.ToString());

    public static implicit operator string(RedisValue value) => value.text;

    public static explicit operator long(RedisValue value) => value.text == null ? 0 : long.Parse(value.text);

    public override string ToString() => text ?? "";
}

internal sealed class MemoryDatabase : IDatabase
{
    private readonly ConcurrentDictionary<string, string> strings = new ConcurrentDictionary<string, string>();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> lists = new ConcurrentDictionary<string, ConcurrentQueue<string>>();

    public bool StringSet(RedisKey key, RedisValue value, TimeSpan? expiry = null)
    {
        strings[key.ToString()] = value;
        return true;
    }

    public RedisValue StringGet(RedisKey key) => strings.TryGetValue(key.ToString(), out var value) ? value : RedisValue.Null;

    public long StringIncrement(RedisKey key, long value = 1) => long.Parse(strings.AddOrUpdate(key.ToString(), value.ToString(), (_, old) => (long.Parse(old) + value).ToString()));

    public bool HashSet(RedisKey key, RedisValue hashField, RedisValue value) => StringSet(key + "/" + hashField, value);

    public RedisValue HashGet(RedisKey key, RedisValue hashField) => StringGet(key + "/" + hashField);

    public long ListRightPush(RedisKey key, RedisValue value)
    {
        var list = lists.GetOrAdd(key.ToString(), _ => new ConcurrentQueue<string>());
        list.Enqueue(value);
        return list.Count;
    }

    public long ListLength(RedisKey key) => lists.TryGetValue(key.ToString(), out var list) ? list.Count : 0;

    public bool KeyDelete(RedisKey key) => strings.TryRemove(key.ToString(), out _) | lists.TryRemove(key.ToString(), out _);
}
