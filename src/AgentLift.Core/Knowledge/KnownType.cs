namespace AgentLift.Core.Knowledge;

/// <summary>Types of the platform that the detectors know by name.</summary>
internal enum KnownType
{
    None = 0,

    Thread, ThreadPool, Task, ValueTask, TaskFactory, TaskAwaiter, Parallel, Monitor, Interlocked, Volatile,
    ThreadingTimer, TimersTimer, PeriodicTimer, CancellationToken, CancellationTokenSource, WaitHandle,
    SemaphoreSlim, ManualResetEventSlim, BlockingCollection, ChannelReader,

    Socket, TcpListener, TcpClient, UdpClient, HttpListener, HttpListenerPrefixes, IPEndPoint, DnsEndPoint, IPAddress,
    NetworkStream, Uri, HttpClient, ClientWebSocket, Dns,

    Console, TextWriter, Trace, Debug, Environment, AppDomain, AssemblyLoadContext, PosixSignalRegistration, Process, ProcessStartInfo,

    File, FileStream, StreamReader, TextReader, BinaryReader, MemoryStream, Stream, ConfigurationManager, ConfigurationBuilder,
    JsonSerializer, JsonDocument, JsonConvert, JsonSerializerSettings, UnsafeFormatter,

    GarbageCollector, Lazy, NetMqSocket, DbConnection, Delegate,
}
