namespace AgentLift.Analyzers.Tests;

/// <summary>AgentLift's own runtime, message queues, and formatters that .NET no longer has.</summary>
internal static class FleetLibraries
{
    public const string Source = """
        #nullable disable
        namespace AgentLift
        {
            public sealed class AgentAttribute : Attribute { public AgentAttribute() { } public AgentAttribute(string name) { } public string Name { get; set; } }
            public sealed class ModelManagerAttribute : Attribute;
            public abstract class BaseAgent { protected virtual Task OnStartingAsync(CancellationToken token) => Task.CompletedTask; }
        }

        namespace NetMQ
        {
            public abstract class NetMQSocket : IDisposable
            {
                public void Bind(string address) { }
                public void Connect(string address) { }
                public string ReceiveFrameString() => null;
                public void SendFrame(string frame) { }
                public void Dispose() { }
            }
        }

        namespace NetMQ.Sockets
        {
            public class ResponseSocket : NetMQSocket { public ResponseSocket() { } public ResponseSocket(string address) { } }
            public class RequestSocket : NetMQSocket { public RequestSocket() { } public RequestSocket(string address) { } }
            public class PublisherSocket : NetMQSocket { public PublisherSocket() { } public PublisherSocket(string address) { } }
        }

        namespace Newtonsoft.Json
        {
            public enum TypeNameHandling { None = 0, Objects = 1, Arrays = 2, All = 3, Auto = 4 }
            public class JsonSerializerSettings { public TypeNameHandling TypeNameHandling { get; set; } }
            public static class JsonConvert { public static T DeserializeObject<T>(string text, JsonSerializerSettings settings = null) => default; }
        }

        namespace System.Runtime.Serialization
        {
            public class NetDataContractSerializer { public object Deserialize(Stream stream) => null; public object ReadObject(Stream stream) => null; }
        }

        namespace System.Configuration
        {
            public static class ConfigurationManager
            {
                public static System.Collections.Specialized.NameValueCollection AppSettings => null;
                public static Dictionary<string, string> ConnectionStrings => null;
            }
        }

        namespace Microsoft.Extensions.Configuration
        {
            public class ConfigurationBuilder { public ConfigurationBuilder AddJsonFile(string path) => this; public Dictionary<string, string> Build() => null; }
        }
        """;
}
