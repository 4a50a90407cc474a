using AgentLift.Runtime.Models;
using Microsoft.Extensions.Configuration;

namespace AgentLift.Runtime.Tests.Models;

public class ModelSchedulingOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => FailuresOf().ShouldBeEmpty();

    [Fact]
    public void Settings_within_their_ranges_are_valid() => FailuresOf(
        ("Devices:0:Device", "CUDA:1"),
        ("Devices:0:BudgetBytes", "1"),
        ("Devices:1:Device", "cpu"),
        ("QueueCapacity", "1"),
        ("QueueTimeout", "1.00:00:00"),
        ("ConcurrentLoads", "64"),
        ("ResidencyFactor", "0"),
        ("ExpectedBytesPerSecond", "1000000000000"),
        ("Managers:vision:resnet50:Path", "resnet50.pt"),
        ("Managers:vision:resnet50:EstimatedBytes", "1"),
        ("Managers:vision:resnet50:Priority", "10"),
        ("Managers:vision:resnet50:KeepAlive", "365.00:00:00"),
        ("Managers:vision:resnet50:Devices:0", "cpu"),
        ("Managers:vision:resnet50:Devices:1", "cuda:1"),
        ("Managers:vision:resnet50:Precision", "Half"),
        ("Managers:vision:resnet50:Fallback", "HalfPrecision, Cpu"),
        ("Managers:vision:resnet50:Warmup", "AfterReady"),
        ("Managers:vision:resnet50:LoadTimeout", "00:00:00.001"),
        ("Administration:Address", "127.0.0.1:9465")).ShouldBeEmpty();

    [Theory]
    [InlineData("QueueCapacity", "0", "Models:QueueCapacity is 0; it must be from 1 to 1000000.")]
    [InlineData("QueueTimeout", "00:00:00", "Models:QueueTimeout is 00:00:00; it must be from 00:00:00.0010000 to 1.00:00:00.")]
    [InlineData("ConcurrentLoads", "65", "Models:ConcurrentLoads is 65; it must be from 1 to 64.")]
    [InlineData("ResidencyFactor", "-0.5", "Models:ResidencyFactor is -0.5; it must be from 0 to 100.")]
    [InlineData("ResidencyFactor", "NaN", "Models:ResidencyFactor is NaN; it must be from 0 to 100.")]
    [InlineData("ExpectedBytesPerSecond", "999999", "Models:ExpectedBytesPerSecond is 999999; it must be from 1000000 to 1000000000000.")]
    [InlineData("Devices:0:Device", "gpu:0", "Models:Devices:0:Device is 'gpu:0'; it must be cpu, cuda:0 or mps:0.")]
    [InlineData("Managers:vision:resnet50:Path", " ", "Models:Managers:vision:resnet50:Path is empty; leave it out, or name a file.")]
    [InlineData("Managers:vision:resnet50:EstimatedBytes", "0", "Models:Managers:vision:resnet50:EstimatedBytes is 0; it must be more than 0.")]
    [InlineData("Managers:vision:resnet50:Priority", "11", "Models:Managers:vision:resnet50:Priority is 11; it must be from 0 to 10.")]
    [InlineData("Managers:vision:resnet50:KeepAlive", "00:00:00", "Models:Managers:vision:resnet50:KeepAlive is 00:00:00; it must be from 00:00:00.0010000 to 365.00:00:00.")]
    [InlineData("Managers:vision:resnet50:LoadTimeout", "-00:00:01", "Models:Managers:vision:resnet50:LoadTimeout is -00:00:01; it must be from 00:00:00.0010000 to 1.00:00:00.")]
    [InlineData("Managers:vision:resnet50:Precision", "7", "Models:Managers:vision:resnet50:Precision is 7; it must be AsStored, Half, BFloat16.")]
    [InlineData("Managers:vision:resnet50:Fallback", "4", "Models:Managers:vision:resnet50:Fallback is 4; it must be None, HalfPrecision, Cpu.")]
    [InlineData("Managers:vision:resnet50:Warmup", "9", "Models:Managers:vision:resnet50:Warmup is 9; it must be None, AfterReady.")]
    [InlineData("Managers:vision:resnet50:Devices:0", "cuda:x", "Models:Managers:vision:resnet50:Devices:0 is 'cuda:x'; it must be cpu, cuda:0 or mps:0.")]
    [InlineData("Administration:Address", "localhost", "Models:Administration:Address is 'localhost'; it must be IP:PORT, such as 127.0.0.1:9465, or *:PORT.")]
    [InlineData("Administration:Token", "0123456789abcde", "Models:Administration:Token has 15 characters; it must have at least 16, visible ones of ASCII without spaces.")]
    [InlineData("Administration:Token", "0123456789 abcdef", "Models:Administration:Token has 17 characters; it must have at least 16, visible ones of ASCII without spaces.")]
    public void A_value_that_cannot_be_names_its_key_and_its_range(string key, string value, string failure) => FailuresOf((key, value)).ShouldBe([failure]);

    [Fact]
    public void A_device_is_named_once_and_its_budget_is_more_than_nothing() => FailuresOf(
        ("Devices:0:Device", "cuda"), ("Devices:0:BudgetBytes", "0"), ("Devices:1:Device", "CUDA:0"), ("Devices:2:Device", "cpu"), ("Devices:2:BudgetBytes", "-1")).ShouldBe(
        [
            "Models:Devices:0:BudgetBytes is 0; it must be more than 0.",
            "Models:Devices:1:Device is 'CUDA:0', which is there already; each device is named once.",
            "Models:Devices:2:BudgetBytes is -1; it must be more than 0.",
        ]);

    [Fact]
    public void A_model_names_a_device_once_and_none_that_models_may_not_use() => FailuresOf(
        ("Devices:0:Device", "cuda:0"),
        ("Devices:1:Device", "cpu"),
        ("Managers:vision:resnet50:Devices:0", "cuda:0"),
        ("Managers:vision:resnet50:Devices:1", "cuda"),
        ("Managers:vision:resnet50:Devices:2", "cuda:1")).ShouldBe(
        [
            "Models:Managers:vision:resnet50:Devices:1 is 'cuda', which is there already; each device is named once.",
            "Models:Managers:vision:resnet50:Devices:2 is 'cuda:1'; it must be one of Models:Devices: cuda:0, cpu.",
        ]);

    [Fact]
    public void Where_no_device_is_configured_a_model_may_name_any() => FailuresOf(("Managers:vision:resnet50:Devices:0", "cuda:7")).ShouldBeEmpty();

    [Fact]
    public void A_model_without_any_setting_is_valid() => FailuresOf(("Managers:vision:resnet50", null), ("Managers:speech", "")).ShouldBeEmpty();

    [Theory]
    [InlineData("*:9465")]
    [InlineData("10.0.0.1:9465")]
    [InlineData("[2001:db8::1]:9465")]
    public void An_address_that_others_can_reach_needs_a_token(string address)
    {
        FailuresOf(("Administration:Address", address)).ShouldBe(
            [$"Models:Administration:Token is not set; Models:Administration:Address '{address}' can be reached from other machines, and needs a token of at least 16 characters."]);
        FailuresOf(("Administration:Address", address), ("Administration:Token", "0123456789abcdef")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("127.0.0.1:0")]
    [InlineData("[::1]:9465")]
    public void On_loopback_no_token_is_needed(string address) => FailuresOf(("Administration:Address", address)).ShouldBeEmpty();

    private static IEnumerable<string> FailuresOf(params (string Key, string? Value)[] settings)
    {
        var options = new ModelSchedulingOptions();
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Models:{setting.Key}", setting.Value)))
            .Build().GetSection(ModelSchedulingOptions.Section).Bind(options);
        return new ModelSchedulingOptionsValidator().Validate(name: null, options).Failures ?? [];
    }
}
