namespace AgentLift.Generators.Tests;

/// <summary>What is written for managers of every shape.</summary>
public class ModelManagerEmittedCodeTests
{
    [Fact]
    public void A_model_with_nothing_but_a_path() => EmittedModels.Matches("""
        namespace Fleet;

        [ModelManager]
        public sealed partial class VisionModels
        {
            /// <summary>Tells what is on a picture.</summary>
            [Model("resnet50", Path = "resnet50.pt")]
            public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }
        }
        """);

    [Fact]
    public void A_model_with_every_option() => EmittedModels.Matches("""
        namespace Fleet;

        [ModelManager(Name = "vision")]
        public sealed partial class VisionModels
        {
            [Model("resnet \"50\"", WarmupMethod = nameof(RunOnce), LoadTimeoutSeconds = 60, Warmup = LazyWarmup.AfterReady, Path = @"models\resnet50.pt",
                SharedAs = "resnet", EstimatedBytes = 110_000_000_000, Priority = 0, KeepAliveSeconds = 300, Pinned = true, Devices = ["cuda:1", "CUDA", "mps", "cpu"],
                Precision = ModelPrecision.BFloat16, Fallback = ModelFallback.HalfPrecision | ModelFallback.Cpu)]
            public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }

            private static void RunOnce(ScriptModule<Tensor, Tensor> model, ModelLoadRequest request) { }
        }
        """);

    [Fact]
    public void Options_that_say_what_is_so_anyway() => EmittedModels.Matches("""
        namespace Fleet;

        [ModelManager(null)]
        public sealed partial class VisionModels
        {
            [Model("resnet50", Path = "resnet50.pt", SharedAs = null, Priority = 5, Pinned = false, Devices = [], Precision = ModelPrecision.AsStored,
                Fallback = ModelFallback.None, Warmup = LazyWarmup.None, WarmupMethod = null, Factory = null, Loader = null, LoadTimeoutSeconds = 300)]
            public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }
        }
        """);

    [Fact]
    public void TorchScript_modules_of_every_form() => EmittedModels.Matches("""
        namespace Fleet;

        [ModelManager]
        public sealed partial class VisionModels
        {
            [Model("loose", Path = "loose.pt")] public partial ModelHandle<ScriptModule> Loose { get; }
            [Model("many", Path = "many.pt")] public partial ModelHandle<ScriptModule<(Tensor, Tensor)>> Many { get; }
            [Model("one", Path = "one.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor[]>> One { get; }
            [Model("two", Path = "two.pt")] public partial ModelHandle<ScriptModule<Tensor, string?, Tensor>> Two { get; }
        }
        """);

    [Fact]
    public void Modules_made_by_constructor_and_by_factory() => EmittedModels.Matches("""
        namespace Fleet;

        [ModelManager]
        public sealed partial class VisionModels
        {
            [Model("plain", Path = "plain.dat")] public partial ModelHandle<Detector> Plain { get; }
            [Model("untrained")] public partial ModelHandle<Detector> Untrained { get; }
            [Model("sized", Path = "sized.dat", Factory = nameof(CreateSized))] public partial ModelHandle<SizedDetector> Sized { get; }
            [Model("any", Path = "any.dat", Factory = nameof(CreateAny))] public partial ModelHandle<nn.Module<Tensor, Tensor>> Any { get; }

            private static SizedDetector CreateSized() => new(3);
            private Detector CreateAny() => new();
        }
        """);

    [Fact]
    public void A_loader_of_the_users_own() => EmittedModels.Matches("""
        namespace Fleet;

        [ModelManager]
        public sealed partial class SearchModels
        {
            [Model("index", Path = "index.bin", Loader = typeof(WordIndexLoader), WarmupMethod = nameof(RunOnce))]
            public partial ModelHandle<WordIndex> Index { get; }

            private string RunOnce(object model) => "warm";
        }
        """);

    [Fact]
    public void Models_with_the_same_weights() => EmittedModels.Matches("""
        namespace Fleet;

        [ModelManager]
        public sealed partial class DayModels
        {
            [Model("encoder", Path = "encoder.pt", SharedAs = "encoder")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> Encoder { get; }
        }

        [ModelManager]
        public sealed partial class NightModels
        {
            [Model("encoder", Path = "encoder.pt", SharedAs = "encoder")] internal partial ModelHandle<ScriptModule<Tensor, Tensor>> Encoder { get; }
        }
        """);

    [Fact]
    public void A_nested_manager() => EmittedModels.Matches("""
        namespace Fleet;

        public static partial class Registry
        {
            internal partial record struct Group<T>
            {
                private sealed partial class Models;

                [ModelManager]
                private sealed partial class Models
                {
                    [Model("resnet50", Path = "resnet50.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }
                }
            }
        }
        """);

    [Fact]
    public void A_generic_manager() => EmittedModels.Matches("""
        namespace Fleet;

        [ModelManager]
        public abstract partial class Models<TModule, @class>
            where TModule : Detector, new()
            where @class : class
        {
            [Model("module")] public partial ModelHandle<TModule> Module { get; }
            [Model("made", Factory = nameof(Create))] protected partial ModelHandle<TModule> Made { get; }

            protected abstract TModule Create();
        }
        """);

    [Fact]
    public void A_manager_in_the_global_namespace() => EmittedModels.Matches("""
        [ModelManager]
        internal partial class VisionModels
        {
            [Model("resnet50", Path = "resnet50.pt")] internal virtual partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }
        }
        """);

    [Fact]
    public void Names_that_are_keywords() => EmittedModels.Matches("""
        namespace @namespace.@class
        {
            public class @new : Detector { }

            [ModelManager]
            public partial class @event
            {
                [Model("class", Factory = nameof(@static), WarmupMethod = nameof(@void))] public partial ModelHandle<@new> @base { get; }

                private static @new @static() => new();
                private static void @void(@new @in) { }
            }
        }
        """);

    [Fact]
    public void Managers_of_one_name_in_two_namespaces() => EmittedModels.Matches("""
        namespace Fleet.Night
        {
            [ModelManager]
            public partial class VisionModels { [Model("resnet50", Path = "resnet50.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; } }
        }

        namespace Fleet.Day
        {
            [ModelManager]
            public partial class VisionModels { [Model("resnet50", Path = "resnet50.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; } }

            [ModelManager]
            public partial class VISIONModels { [Model("resnet50", Path = "resnet50.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; } }
        }
        """);

    [Fact]
    public void A_manager_with_a_constructor_of_its_own() => EmittedModels.Matches("""
        namespace Fleet;

        [ModelManager]
        public sealed partial class VisionModels : ModelManager
        {
            public VisionModels(ModelManagerContext context, string folder) : base(context) => Folder = folder;

            public string Folder { get; }

            [Model("resnet50", Path = "resnet50.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }
        }

        [ModelManager]
        public sealed partial class SpeechModels(ModelManagerContext context, string folder) : ModelManager(context)
        {
            public string Folder => folder;

            [Model("whisper", Path = "whisper.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> Whisper { get; }
        }
        """);

    [Fact]
    public void A_manager_without_models() => EmittedModels.Matches("""
        namespace Fleet;

        [ModelManager]
        public sealed partial class VisionModels { }
        """);

    [Fact]
    public void A_manager_over_several_files() => EmittedModels.Matches(
        """
        namespace Fleet;

        public partial class VisionModels
        {
            [Model("second", Path = "second.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> Second { get; }
            [Model("third", Path = "third.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> Third { get; }
        }
        """,
        """
        namespace Fleet
        {
            [ModelManager]
            public partial class VisionModels
            {
                [Model("first", Path = "first.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> First { get; }
            }
        }
        """);

    [Fact]
    public void A_manager_of_a_project_without_nullable() => EmittedModels.Matches("""
        #nullable disable
        namespace Fleet
        {
            [ModelManager]
            public partial class VisionModels
            {
                [Model("resnet50", Path = "resnet50.pt", WarmupMethod = "RunOnce")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }
                [Model("sized", Factory = "Create")] public partial ModelHandle<SizedDetector> Sized { get; }

                private static SizedDetector Create() { return new SizedDetector(2); }
                private static void RunOnce(ScriptModule<Tensor, Tensor> model) { }
            }
        }
        """);

    [Fact]
    public void What_is_obsolete_where_it_is_declared() => EmittedModels.Matches("""
        namespace Fleet;

        [Obsolete("Use Detector.")]
        public sealed class OldDetector : Detector { }

        #pragma warning disable CS0618
        [ModelManager]
        public partial class VisionModels
        {
            [Model("old")] public partial ModelHandle<OldDetector> Old { get; }
        }
        """);
}
