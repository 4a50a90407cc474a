using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>What is loaded ahead.</summary>
public class ModelPreloadTests
{
    [Fact]
    public void A_load_ahead_that_fails_is_not_tried_again_by_itself()
    {
        var eager = new SmallMachine(new ModelSchedulingOptions { Preload = true });
        var (detect, _) = eager.Add("detect", 3);
        var (recognize, loader) = eager.Add("recognize", 3);
        for (var i = 0; i < 4; i++)
        {
            eager.Acquire(detect).Dispose();
            eager.Acquire(recognize).Dispose();
        }

        eager.RunUntil(eager.Scheduler.UnloadAsync(recognize, default));
        eager.Advance(TimeSpan.FromSeconds(1));
        eager.Devices[SmallMachine.Gpu].Allocate(5);
        var before = loader.Loads;
        eager.Acquire(detect).Dispose();
        eager.Advance(TimeSpan.FromMinutes(1));

        loader.Loads.ShouldBe(before + 1);
        detect.State.ShouldBe(ModelState.Loaded);
    }

    [Fact]
    public void What_mostly_follows_is_loaded_ahead_into_room_that_is_free()
    {
        var eager = new SmallMachine(new ModelSchedulingOptions { Preload = true });
        var (detect, _) = eager.Add("detect", 3);
        var (recognize, _) = eager.Add("recognize", 3);
        for (var i = 0; i < 4; i++)
        {
            eager.Acquire(detect).Dispose();
            eager.Acquire(recognize).Dispose();
        }

        eager.RunUntil(eager.Scheduler.UnloadAsync(recognize, default));
        eager.Acquire(detect).Dispose();
        eager.Advance(TimeSpan.FromSeconds(1));

        recognize.State.ShouldBe(ModelState.Loaded);
    }
}
