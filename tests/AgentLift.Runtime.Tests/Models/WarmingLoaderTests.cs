using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

public class WarmingLoaderTests
{
    private static readonly ModelLoadRequest Request = new("vision", "net", null, ModelDevice.Cuda(1), ModelPrecision.Half, 10);

    [Fact]
    public async Task A_model_is_run_once_after_each_load_in_the_modes_of_its_loader()
    {
        var inner = new JournalLoader();
        var loader = new WarmingLoader<string>(inner, (model, request) => inner.Journal.Add($"warm {model} on {request.Device}"));

        var loaded = await loader.LoadAsync(Request, default);

        loaded.ShouldBe(new LoadedModel<string>("net", 10));
        inner.Journal.ShouldBe(["load", "begin", "warm net on cuda:1", "end"]);
    }

    [Fact]
    public async Task Where_that_fails_the_model_is_given_back_and_the_load_has_failed()
    {
        var inner = new JournalLoader();
        var loader = new WarmingLoader<string>(inner, (_, _) => throw new IOException("no input"));

        (await Should.ThrowAsync<IOException>(async () => await loader.LoadAsync(Request, default))).Message.ShouldBe("no input");

        inner.Journal.ShouldBe(["load", "begin", "end", "unload"]);
    }

    [Fact]
    public async Task Where_it_cannot_be_given_back_either_both_failures_and_its_bytes_are_told()
    {
        var inner = new JournalLoader { Release = new IOException("stuck") };
        var loader = new WarmingLoader<string>(inner, (_, _) => throw new InsufficientMemoryException("no memory"));

        var failure = await Should.ThrowAsync<UnreleasedModelException>(async () => await loader.LoadAsync(Request, default));

        failure.Failure.ShouldBeOfType<InsufficientMemoryException>();
        failure.Release.Message.ShouldBe("stuck");
        failure.Bytes.ShouldBe(10);
    }

    [Fact]
    public async Task A_load_that_was_cancelled_is_not_run()
    {
        var inner = new JournalLoader();
        var loader = new WarmingLoader<string>(inner, (_, _) => inner.Journal.Add("warm"));

        await Should.ThrowAsync<OperationCanceledException>(async () => await loader.LoadAsync(Request, new CancellationToken(canceled: true)));

        inner.Journal.ShouldBe(["load", "unload"]);
    }

    [Fact]
    public void Failures_mean_what_the_loader_says() =>
        new WarmingLoader<string>(new JournalLoader(), (_, _) => { }).Classify(new IOException()).ShouldBe(ModelFailureKind.LibraryMissing);

    private sealed class JournalLoader : IModelLoader<string>
    {
        public List<string> Journal { get; } = [];

        public Exception? Release { get; init; }

        public ValueTask<LoadedModel<string>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken)
        {
            Journal.Add("load");
            return new(new LoadedModel<string>("net", 10));
        }

        public ValueTask UnloadAsync(string model)
        {
            Journal.Add("unload");
            return Release is null ? default : ValueTask.FromException(Release);
        }

        public TResult Run<TState, TResult>(string model, TState state, Func<string, TState, TResult> body)
        {
            Journal.Add("begin");
            try
            {
                return body(model, state);
            }
            finally
            {
                Journal.Add("end");
            }
        }

        public ModelFailureKind Classify(Exception exception) => ModelFailureKind.LibraryMissing;
    }
}
