using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Communication;

public class UnsafeDeserializationTests
{
    private const string Formatters =
        "using System.Runtime.Serialization; using System.Runtime.Serialization.Formatters.Binary; using Newtonsoft.Json;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.UnsafeDeserialization);

    [Fact]
    public Task Reports_a_formatter_on_the_stream_of_a_client() => Rule.VerifyInAgent("""
        public object Read(TcpClient client) => [|new BinaryFormatter().Deserialize(client.GetStream())|];
        """, Formatters);

    [Fact]
    public Task Reports_a_formatter_in_a_field_on_received_bytes() => Rule.VerifyInAgent("""
        readonly BinaryFormatter formatter = new();
        readonly UdpClient udp = new();
        public void Handle(byte[] data)
        {
            var memory = new MemoryStream(data);
            var message = [|formatter.Deserialize(memory)|];
        }
        """, Formatters);

    [Fact]
    public Task Reports_a_data_contract_serializer_with_types() => Rule.VerifyInAgent("""
        readonly TcpListener listener = new(IPAddress.Any, 0);
        public object Read(Stream stream) => [|new NetDataContractSerializer().Deserialize(stream)|];
        public object ReadAgain(Stream stream) { return [|new NetDataContractSerializer().ReadObject(stream)|]; }
        """, Formatters);

    [Fact]
    public Task Reports_type_names_in_settings() => Rule.VerifyInAgent("""
        static readonly JsonSerializerSettings Settings = new() { [|TypeNameHandling = TypeNameHandling.All|] };
        public object Read(TcpClient client) =>
            JsonConvert.DeserializeObject<object>(new StreamReader(client.GetStream()).ReadLine()!, Settings);
        """, Formatters);

    [Fact]
    public Task Reports_type_names_set_later() => Rule.VerifyInAgent("""
        readonly HttpListener listener = new();
        public JsonSerializerSettings Make(TypeNameHandling handling)
        {
            var settings = new JsonSerializerSettings();
            [|settings.TypeNameHandling = TypeNameHandling.Auto|];
            [|settings.TypeNameHandling = handling|];
            return settings;
        }
        """, Formatters);

    [Fact]
    public Task Reports_a_formatter_inside_a_lambda_on_a_thread() => Rule.VerifyInAgent("""
        public void Start(TcpListener listener) => new Thread(() =>
        {
            while (true)
            {
                using var client = listener.AcceptTcpClient();
                var message = [|new BinaryFormatter().Deserialize(client.GetStream())|];
            }
        }).Start();
        """, Formatters);

    [Fact]
    public Task Ignores_the_agents_own_file() => Rule.VerifyInAgent("""
        readonly TcpListener listener = new(IPAddress.Any, 0);
        public object Load()
        {
            using var file = File.OpenRead("state.dat");
            return new BinaryFormatter().Deserialize(file);
        }
        public object LoadAgain()
        {
            using (var stream = new FileStream("state.dat", FileMode.Open))
                return new BinaryFormatter().Deserialize(stream);
        }
        public object LoadAtOnce() => new BinaryFormatter().Deserialize(File.OpenRead("state.dat"));
        """, Formatters);

    [Fact]
    public Task Ignores_an_agent_without_a_socket() => Rule.VerifyInAgent("""
        public object Load(Stream stream) => new BinaryFormatter().Deserialize(stream);
        """, Formatters);

    [Fact]
    public Task Ignores_type_names_switched_off() => Rule.VerifyInAgent("""
        readonly TcpListener listener = new(IPAddress.Any, 0);
        static readonly JsonSerializerSettings Settings = new() { TypeNameHandling = TypeNameHandling.None };
        """, Formatters);

    [Fact]
    public Task Ignores_a_safe_serializer_and_a_serialization() => Rule.VerifyInAgent("""
        public void Handle(TcpClient client)
        {
            var message = System.Text.Json.JsonSerializer.Deserialize<string[]>(client.GetStream());
            new BinaryFormatter().Serialize(client.GetStream(), message!);
        }
        """, Formatters);
}
