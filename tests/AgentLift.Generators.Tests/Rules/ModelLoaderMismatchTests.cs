using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class ModelLoaderMismatchTests
{
    [Theory]
    [InlineData("typeof(Table)", "Table", "does not implement IModelLoader<WordIndex>", "implement it")]
    [InlineData("typeof(Loader<>)", "Loader<>", "is an open generic type", "name its type arguments")]
    [InlineData("typeof(Loader<Table>)", "Loader<Table>", "does not implement IModelLoader<WordIndex>", "implement it")]
    [InlineData("typeof(IModelLoader<WordIndex>)", "IModelLoader<WordIndex>", "is no class", "name a class that implements IModelLoader<WordIndex>")]
    [InlineData("typeof(AbstractLoader)", "AbstractLoader", "'SearchModels' cannot construct without arguments", "give it a constructor without parameters")]
    [InlineData("typeof(SizedLoader)", "SizedLoader", "'SearchModels' cannot construct without arguments", "give it a constructor without parameters")]
    public void A_loader_of_another_form_is_told(string loader, string shown, string reason, string instead) => ModelVerifier.Reports(
        RuleIds.ModelLoaderMismatch,
        $$"""
        [ModelManager] public partial class SearchModels { [Model("index", Loader = {{loader}})] public partial ModelHandle<WordIndex> [|Index|] { get; } }

        public class Loader<T> : IModelLoader<T> where T : class
        {
            public ValueTask<LoadedModel<T>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
            public ValueTask UnloadAsync(T model) => default;
        }
        public abstract class AbstractLoader : Loader<WordIndex>;
        public class SizedLoader(int size) : Loader<WordIndex> { public int Size => size; }
        """,
        $"'Index' cannot be loaded by '{shown}', which {reason}; {instead}");

    [Fact]
    public void A_loader_of_a_models_file_is_told_at_its_line() => ModelVerifier.ReportsInFile(
        RuleIds.ModelLoaderMismatch,
        """
        { "models": [
          {
            "name": "index", "type": "Detector",
            [|"loader": "WordIndexLoader"|]
          }
        ] }
        """,
        "'index' cannot be loaded by 'WordIndexLoader', which does not implement IModelLoader<Detector>; implement it");

    [Fact]
    public void A_loader_of_the_type_is_fine() => ModelVerifier.AcceptsWithoutTorchSharp(
        """[ModelManager] public partial class SearchModels { [Model("index", Loader = typeof(WordIndexLoader))] public partial ModelHandle<WordIndex> Index { get; } }""");
}
