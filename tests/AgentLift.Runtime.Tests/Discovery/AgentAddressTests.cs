using System.Net;
using System.Net.Sockets;

namespace AgentLift.Runtime.Tests.Discovery;

public class AgentAddressTests
{
    [Theory]
    [InlineData("10.0.0.5:5601", "10.0.0.5", 5601)]
    [InlineData("tutor.school.example:65535", "tutor.school.example", 65535)]
    [InlineData("[::1]:5601", "::1", 5601)]
    public void An_address_is_read_and_written(string text, string host, int port)
    {
        var address = AgentAddress.Parse(text);

        address.ShouldBe(new AgentAddress(host, port));
        address.ToString().ShouldBe(text);
        address.ToDnsEndPoint().ShouldBe(new DnsEndPoint(host, port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tutor")]
    [InlineData("tutor:")]
    [InlineData("tutor:0")]
    [InlineData("tutor:65536")]
    [InlineData("tutor: 5601")]
    [InlineData("tutor:+5601")]
    [InlineData(":5601")]
    [InlineData("::1:5601")]
    [InlineData("[tutor]:5601")]
    [InlineData("http://tutor:5601")]
    [InlineData("tutor:5601/")]
    public void What_is_no_address_is_told(string text) =>
        Should.Throw<FormatException>(() => AgentAddress.Parse(text)).Message.ShouldBe($"'{text}' is no address; it must be HOST:PORT, such as 10.0.0.5:5601.");

    [Theory]
    [InlineData("10.0.0.5:5601")]
    [InlineData("[::1]:5601")]
    public async Task An_ip_address_is_resolved_without_a_question(string text) =>
        (await AgentAddress.Parse(text).ResolveAsync(new CancellationToken(canceled: true))).ShouldBe(IPEndPoint.Parse(text));

    [Fact]
    public async Task A_host_name_is_asked_of_the_name_service() =>
        (await AgentAddress.Parse("localhost:5601").ResolveAsync()).ShouldBe(new IPEndPoint(IPAddress.Loopback, 5601));

    [Fact]
    public async Task A_host_that_nobody_knows_is_told() =>
        await Should.ThrowAsync<SocketException>(async () => await AgentAddress.Parse("nobody.invalid:5601").ResolveAsync());
}
