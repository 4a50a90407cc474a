using System.Net;
using AgentLift.Runtime.Discovery;

namespace AgentLift.Runtime.Tests.Discovery;

public class AdvertisedAddressTests
{
    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5:5611")]
    [InlineData("::1", "[::1]:5611")]
    public void A_bound_address_is_told_as_it_is(string bound, string expected) => Of(bound, host: null).ShouldBe(expected);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void An_endpoint_on_all_addresses_is_told_by_the_name_of_the_machine(string bound) =>
        Of(bound, host: null).ShouldBe($"{Environment.MachineName}:5611");

    [Theory]
    [InlineData("tutor.example.org", "tutor.example.org:5611")]
    [InlineData("2001:db8::1", "[2001:db8::1]:5611")]
    public void A_configured_host_goes_before_both(string host, string expected) => Of("0.0.0.0", host).ShouldBe(expected);

    private static string Of(string bound, string? host) =>
        AdvertisedAddress.Of(new DirectoryOptions { AdvertisedHost = host }, new IPEndPoint(IPAddress.Parse(bound), 5611));
}
