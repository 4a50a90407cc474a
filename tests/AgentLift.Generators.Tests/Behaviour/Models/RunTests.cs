using System.Runtime.InteropServices;
using AgentLift.Runtime;
using TorchSharp;
using TorchSharp.StandIn;
using static TorchSharp.torch;

namespace AgentLift.Generators.Tests.Behaviour.Models;

public class RunTests : LoaderTest
{
    private readonly jit.ScriptModule<Tensor, Tensor> model;
    private readonly Tensor input = torch.empty(1L);
    private readonly long live;

    public RunTests()
    {
        model = Script.LoadAsync(Request(ScriptFile(), "cpu"), default).AsTask().GetAwaiter().GetResult().Model;
        live = Tensor.TotalCount;
    }

    [Fact]
    public void Nothing_that_a_run_makes_is_left_and_no_gradients_are_recorded()
    {
        var score = Run(net => (net.call(input) + net.call(input)).item<float>());

        score.ShouldBe(0);
        Tensor.TotalCount.ShouldBe(live);
        FakeTorch.LastCallRecordedGradients.ShouldBeFalse();
        torch.is_grad_enabled().ShouldBeTrue();
    }

    [Fact]
    public void A_tensor_that_a_run_gives_back_belongs_to_the_caller()
    {
        var result = Run(net => net.call(input) + net.call(input));

        result.IsInvalid.ShouldBeFalse();
        Tensor.TotalCount.ShouldBe(live + 1);
        result.Dispose();
    }

    [Fact]
    public void A_tensor_that_a_run_gives_back_belongs_to_the_scope_of_the_caller_where_he_has_one()
    {
        Tensor result;
        using (torch.NewDisposeScope())
        {
            result = Run(net => net.call(input));
            result.IsInvalid.ShouldBeFalse();
        }

        result.IsInvalid.ShouldBeTrue();
    }

    [Fact]
    public void Tensors_in_tuples_arrays_lists_and_dictionaries_are_kept()
    {
        var tuple = Run(net => (net.call(input), 5, (Inner: net.call(input), "text")));
        var array = Run(net => new[] { net.call(input), net.call(input) });
        var list = Run(net => new List<Tensor> { net.call(input) });
        var named = Run(net => new Dictionary<string, Tensor> { ["scores"] = net.call(input) });
        var nested = Run(net => ((object)new[] { net.call(input) }, net.call(input)));

        Tensor[] kept = [tuple.Item1, tuple.Item3.Inner, .. array, .. list, .. named.Values, .. (Tensor[])nested.Item1, nested.Item2];
        kept.ShouldAllBe(tensor => !tensor.IsInvalid);
        Tensor.TotalCount.ShouldBe(live + kept.Length);
    }

    [Fact]
    public void A_tensor_inside_of_something_else_is_kept_where_the_code_says_so()
    {
        var (kept, lost) = Run(net => (new Result(net.call(input).MoveToOuterDisposeScope()), new Result(net.call(input))));

        kept.Scores.IsInvalid.ShouldBeFalse();
        lost.Scores.IsInvalid.ShouldBeTrue();
    }

    [Fact]
    public void A_tensor_of_the_caller_stays_in_his_scope()
    {
        using var outer = torch.NewDisposeScope();
        using var scope = torch.NewDisposeScope();
        var own = torch.empty(1L);

        Run(_ => own).ShouldBe(own);

        scope.Contains(own).ShouldBeTrue();
        outer.Contains(own).ShouldBeFalse();
    }

    [Fact]
    public void Code_that_fails_leaves_nothing_behind()
    {
        FakeTorch.NextCallFails = "CUDA out of memory. Tried to allocate 20.00 MiB";

        var failure = Should.Throw<ExternalException>(() => Run(net =>
        {
            _ = torch.empty(5L);
            return net.call(input);
        }));

        Script.Classify(failure).ShouldBe(ModelFailureKind.OutOfMemory);
        Tensor.TotalCount.ShouldBe(live);
        torch.is_grad_enabled().ShouldBeTrue();
    }

    [Fact]
    public void Code_that_is_asynchronous_is_refused_before_it_runs()
    {
        var hasRun = false;

        IsRefused(async net =>
        {
            hasRun = true;
            await Task.Yield();
            return net.call(input);
        });
        IsRefused(async ValueTask<bool> (_) =>
        {
            await Task.Yield();
            return hasRun = true;
        });
        IsRefused(async ValueTask (_) =>
        {
            hasRun = true;
            await Task.Yield();
        });

        hasRun.ShouldBeFalse();
    }

    private TResult Run<TResult>(Func<jit.ScriptModule<Tensor, Tensor>, TResult> body) => Script.Run(model, body, static (net, run) => run(net));

    private void IsRefused<TResult>(Func<jit.ScriptModule<Tensor, Tensor>, TResult> body) => Should.Throw<InvalidOperationException>(() => { _ = Run(body); });

    private sealed record Result(Tensor Scores);
}
