using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>Loads that fail, and loads that take long.</summary>
public class ModelLoadTests
{
    private readonly SmallMachine machine = new();

    [Fact]
    public void A_load_that_fails_is_told_to_all_who_wait()
    {
        var fails = true;
        var (model, loader) = machine.Add("a", 4, fails: () => fails);
        var acquires = Enumerable.Range(0, 3).Select(_ => model.AcquireAsync(default).AsTask()).ToArray();

        machine.Advance(TimeSpan.FromSeconds(1));

        foreach (var acquire in acquires)
            acquire.Exception!.InnerException!.Message.ShouldBe("Model a of Models could not be loaded: InvalidDataException: a is damaged.");
        loader.Loads.ShouldBe(1);
        fails = false;
        machine.Acquire(model).Dispose();
    }

    [Fact]
    public void A_load_may_take_longer_than_the_wait_for_room()
    {
        var (model, _) = machine.Add("slow", 4, loadTime: TimeSpan.FromSeconds(100));

        machine.Acquire(model).Dispose();

        model.State.ShouldBe(ModelState.Loaded);
    }

    [Fact]
    public void A_load_that_takes_too_long_has_failed_and_what_it_still_delivers_serves_the_next()
    {
        var (model, loader) = machine.Add("slow", 4, definition => definition with { LoadTimeout = TimeSpan.FromSeconds(20) }, loadTime: TimeSpan.FromSeconds(30));
        var first = model.AcquireAsync(default).AsTask();
        machine.Advance(TimeSpan.FromSeconds(25));
        first.Exception!.InnerException!.Message.ShouldBe("Model slow of Models could not be loaded: the load took longer than 00:00:20");

        var second = model.AcquireAsync(default).AsTask();
        machine.Advance(TimeSpan.FromSeconds(10));

        second.IsCompletedSuccessfully.ShouldBeTrue();
        loader.Loads.ShouldBe(1);
    }

    [Fact]
    public void A_loader_whose_word_on_a_failure_fails_does_not_keep_those_who_wait()
    {
        var (model, _) = machine.Add("a", 4, fails: () => throw new DivideByZeroException());

        Should.Throw<ModelLoadException>(() => machine.Acquire(model)).InnerException.ShouldBeOfType<DivideByZeroException>();
    }

    [Fact]
    public void A_load_that_takes_too_long_is_asked_to_stop()
    {
        var (model, loader) = machine.Add("slow", 4, definition => definition with { LoadTimeout = TimeSpan.FromSeconds(20) }, loadTime: TimeSpan.FromSeconds(30));
        _ = model.AcquireAsync(default).AsTask();

        machine.Advance(TimeSpan.FromSeconds(19));
        loader.Token.IsCancellationRequested.ShouldBeFalse();
        machine.Advance(TimeSpan.FromSeconds(2));

        loader.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void A_caller_that_leaves_does_not_stop_the_load()
    {
        var (model, loader) = machine.Add("slow", 4);
        using var cancel = new CancellationTokenSource();
        var waiting = model.AcquireAsync(cancel.Token).AsTask();
        machine.RunDispatched();

        cancel.Cancel();
        machine.Advance(TimeSpan.FromSeconds(1));

        waiting.IsCanceled.ShouldBeTrue();
        loader.Token.IsCancellationRequested.ShouldBeFalse();
        model.State.ShouldBe(ModelState.Loaded);
    }
}
