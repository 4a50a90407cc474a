using System.Net;

namespace AgentLift.Runtime.Tests.Models.Administration;

public class ModelAdministrationApiTests
{
    [Fact]
    public async Task All_models_and_devices_are_shown()
    {
        await using var served = await AdministeredModels.ServedAsync();

        var answer = await served.GetAsync("/models");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.ContentType.ShouldBe("application/json");
        var models = answer.Json.GetProperty("models").EnumerateArray().ToArray();
        models.Select(model => model.GetProperty("name").GetString()).ShouldBe(["resnet50", "yolo/v8", "whisper"]);
        models[2].ToString().ShouldBe(
            """{"manager":"speech","name":"whisper","state":"Unloaded","device":null,"precision":null,"bytes":null,"leases":0,"waiting":0,"pinned":false,"idleSeconds":null,"lastError":null,"sharedWith":null}""");
        answer.Json.GetProperty("devices").ToString().ShouldBe("""[{"device":"cuda:0","budgetBytes":1000,"loadedBytes":600,"reservedBytes":100}]""");
    }

    [Fact]
    public async Task One_model_is_shown()
    {
        await using var served = await AdministeredModels.ServedAsync();

        (await served.GetAsync("/models/vision/resnet50")).Body.ShouldBe(
            """{"manager":"vision","name":"resnet50","state":"Loaded","device":"cuda:0","precision":"AsStored","bytes":1000,"leases":2,"waiting":0,"pinned":false,"idleSeconds":1.5,"lastError":"cut short","sharedWith":null}""");
    }

    [Theory]
    [InlineData("load", "load")]
    [InlineData("unload", "unload")]
    [InlineData("drain", "unload")]
    [InlineData("reload", "reload")]
    [InlineData("pin", "pin")]
    [InlineData("unpin", "unpin")]
    public async Task An_action_is_carried_out_and_answered_with_where_the_model_stands_then(string action, string asked)
    {
        await using var served = await AdministeredModels.ServedAsync();

        var answer = await served.PostAsync($"/models/vision/resnet50/{action}");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Json.GetProperty("name").GetString().ShouldBe("resnet50");
        served.Models.Asked.ShouldBe([$"{asked} vision resnet50"]);
        served.Log.Lines.Last().ShouldBe($"Information: {action} of model resnet50 of vision, asked by 127.0.0.1: 200");
    }

    [Fact]
    public async Task A_name_may_hold_a_slash()
    {
        await using var served = await AdministeredModels.ServedAsync();

        (await served.PostAsync("/models/vision/yolo%2Fv8/load")).Status.ShouldBe(HttpStatusCode.OK);

        served.Models.Asked.ShouldBe(["load vision yolo/v8"]);
    }

    [Theory]
    [InlineData("/", "Nothing is here. The paths are /models, /models/MANAGER/MODEL and /models/MANAGER/MODEL/ACTION.")]
    [InlineData("/models/vision", "Nothing is here. The paths are /models, /models/MANAGER/MODEL and /models/MANAGER/MODEL/ACTION.")]
    [InlineData("/models/vision/resnet50/load/now", "Nothing is here. The paths are /models, /models/MANAGER/MODEL and /models/MANAGER/MODEL/ACTION.")]
    [InlineData("/models/video/resnet50", "There is no manager video; there are vision, speech.")]
    [InlineData("/models/vision/RESNET50", "vision has no model RESNET50; it has resnet50, yolo/v8.")]
    [InlineData("/models/vision/whisper/load", "vision has no model whisper; it has resnet50, yolo/v8.")]
    [InlineData("/models/vision/resnet50/stop", "There is no action stop; there are load, unload, drain, reload, pin, unpin.")]
    public async Task What_is_not_there_is_told_with_what_there_is(string path, string problem)
    {
        await using var served = await AdministeredModels.ServedAsync();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            var answer = await served.AskAsync(method, path);
            answer.Status.ShouldBe(HttpStatusCode.NotFound);
            answer.Problem().ShouldBe(problem);
        }

        served.Models.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_there_is_no_manager_none_is_named()
    {
        await using var served = await AdministeredModels.ServedAsync();
        served.Models.Forget();

        (await served.GetAsync("/models/vision/resnet50")).Problem().ShouldBe("There is no manager vision; there are none.");
    }

    [Theory]
    [InlineData("POST", "/models", "GET, HEAD")]
    [InlineData("DELETE", "/models/vision/resnet50", "GET, HEAD")]
    [InlineData("OPTIONS", "/models", "GET, HEAD")]
    [InlineData("GET", "/models/vision/resnet50/load", "POST")]
    [InlineData("HEAD", "/models/vision/resnet50/load", "POST")]
    [InlineData("PUT", "/models/vision/resnet50/pin", "POST")]
    public async Task A_method_that_a_path_does_not_take_is_told_which_it_takes(string method, string path, string allow)
    {
        await using var served = await AdministeredModels.ServedAsync();

        var answer = await served.AskAsync(new HttpMethod(method), path);

        answer.Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Allow.ShouldBe(allow.Split(", "));
        served.Models.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Head_is_answered_as_get_without_the_body()
    {
        await using var served = await AdministeredModels.ServedAsync();

        foreach (var path in new[] { "/models", "/models/vision/resnet50", "/models/vision/none" })
        {
            var head = await served.AskAsync(HttpMethod.Head, path);
            var get = await served.GetAsync(path);

            head.Status.ShouldBe(get.Status);
            head.Body.ShouldBeEmpty();
            head.Length.ShouldBe(get.Length);
        }
    }

    [Fact]
    public async Task What_cannot_be_is_a_conflict_and_says_why()
    {
        await using var served = await AdministeredModels.ServedAsync();
        foreach (var error in new Exception[]
        {
            new ModelLoadException("vision", "resnet50", "cuda:0 is full.", ModelFailureKind.OutOfMemory),
            new InvalidOperationException("Model resnet50 of vision is pinned."),
        })
        {
            served.Models.Act = _ => Task.FromException(error);

            var answer = await served.PostAsync("/models/vision/resnet50/unload");

            answer.Status.ShouldBe(HttpStatusCode.Conflict);
            answer.Problem().ShouldBe(error.Message);
        }
    }

    [Fact]
    public async Task A_full_queue_is_for_later()
    {
        await using var served = await AdministeredModels.ServedAsync();
        served.Models.Act = _ => Task.FromException(new ModelQueueFullException("resnet50", 10));

        var answer = await served.PostAsync("/models/vision/resnet50/load");

        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Problem().ShouldContain("(Models:QueueCapacity)");
    }

    [Fact]
    public async Task A_failure_that_nobody_foresaw_is_told_to_the_caller_and_the_log()
    {
        await using var served = await AdministeredModels.ServedAsync();
        foreach (var error in new Exception[] { new IOException("no disk"), new OperationCanceledException("by the loader") })
        {
            served.Models.Act = _ => throw error;

            var answer = await served.PostAsync("/models/vision/resnet50/load");

            answer.Status.ShouldBe(HttpStatusCode.InternalServerError);
            answer.Problem().ShouldBe($"load failed: {error.GetType().Name}: {error.Message}");
        }

        served.Log.Lines.Count(line => line == "Error: load of model resnet50 of vision failed").ShouldBe(2);
    }
}
