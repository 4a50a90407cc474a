using System.Net;

namespace AgentLift.Runtime.Tests.Models.Administration;

public class AdministrationGuardTests
{
    private const string Load = "/models/vision/resnet50/load";
    private const string Token = "0123456789abcdef";

    [Theory]
    [InlineData("Origin", "http://localhost:8080")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    public async Task A_page_in_a_browser_may_neither_look_nor_change(string header, string value)
    {
        await using var served = await AdministeredModels.ServedAsync();

        foreach (var answer in new[] { await served.GetAsync("/models", (header, value)), await served.PostAsync(Load, (header, value)) })
        {
            answer.Status.ShouldBe(HttpStatusCode.Forbidden);
            answer.Problem().ShouldBe("Pages in a browser may not administer models.");
        }

        served.Models.Asked.ShouldBeEmpty();
        served.Log.Lines.Last().ShouldBe("Information: A request of 127.0.0.1 to administer models was refused with 403");
    }

    [Fact]
    public async Task A_person_may_look_by_typing_the_address_into_a_browser()
    {
        await using var served = await AdministeredModels.ServedAsync();

        (await served.GetAsync("/models", ("Sec-Fetch-Site", "none"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:9465")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("10.0.0.1")]
    public async Task A_name_that_was_pointed_at_this_machine_is_refused(string host)
    {
        await using var served = await AdministeredModels.ServedAsync();

        foreach (var answer in new[] { await served.GetAsync("/models", ("Host", host)), await served.PostAsync(Load, ("Host", host)) })
        {
            answer.Status.ShouldBe(HttpStatusCode.MisdirectedRequest);
            answer.Problem().ShouldBe($"Ask with the host localhost or a loopback address, not with '{host}'.");
        }

        served.Models.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost:9465")]
    [InlineData("127.0.0.1:9465")]
    [InlineData("127.1.2.3")]
    [InlineData("[::1]:9465")]
    public async Task Any_name_of_loopback_will_do(string host)
    {
        await using var served = await AdministeredModels.ServedAsync();

        (await served.GetAsync("/models", ("Host", host))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task On_other_addresses_any_host_will_do_because_a_token_is_needed()
    {
        await using var served = await AdministeredModels.ServedAsync("*:0", Token);

        (await served.GetAsync("/models", ("Host", "gpu7.example"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await served.GetAsync("/models", ("Host", "gpu7.example"), ("Authorization", $"Bearer {Token}"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    public async Task With_a_token_it_must_be_sent_even_on_loopback(string scheme)
    {
        await using var served = await AdministeredModels.ServedAsync(token: Token);

        (await served.PostAsync(Load, ("Authorization", $"{scheme} {Token}"))).Status.ShouldBe(HttpStatusCode.OK);
        served.Models.Asked.Clear();
        var none = await served.PostAsync(Load);

        none.Status.ShouldBe(HttpStatusCode.Unauthorized);
        none.Challenge.ShouldBe("Bearer realm=\"models\"");
        none.Problem().ShouldBe("Send the token of Models:Administration:Token as Authorization: Bearer TOKEN.");
        served.Models.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Bearer 0123456789abcdeF")]
    [InlineData("Bearer 0123456789abcde")]
    [InlineData("Bearer 0123456789abcdef0")]
    [InlineData("Bearer ")]
    [InlineData("Basic 0123456789abcdef")]
    [InlineData("0123456789abcdef")]
    public async Task A_wrong_token_is_told_nothing_of_the_models(string authorization)
    {
        await using var served = await AdministeredModels.ServedAsync(token: Token);

        foreach (var path in new[] { "/models", "/models/vision/none" })
        {
            var answer = await served.GetAsync(path, ("Authorization", authorization));
            answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Challenge.ShouldStartWith("Bearer realm=\"models\"");
            answer.Body.ShouldNotContain("vision");
            answer.Body.ShouldNotContain(Token);
        }
    }

    [Fact]
    public async Task No_request_has_a_body_and_one_that_has_ends_its_connection()
    {
        await using var served = await AdministeredModels.ServedAsync();

        var full = await served.AskAsync(HttpMethod.Post, Load, body: "{}");
        var chunked = await served.AskAsync(HttpMethod.Post, Load, body: "{}", ("Transfer-Encoding", "chunked"));
        var form = await served.AskAsync(HttpMethod.Post, Load, body: "a=b", ("Origin", "null"));
        var empty = await served.AskAsync(HttpMethod.Post, Load, body: string.Empty);

        new[] { full, chunked, form, empty }.Select(answer => (answer.Status, answer.Closes)).ShouldBe(
        [
            (HttpStatusCode.RequestEntityTooLarge, true),
            (HttpStatusCode.RequestEntityTooLarge, true),
            (HttpStatusCode.Forbidden, true),
            (HttpStatusCode.OK, false),
        ]);
        full.Problem().ShouldBe("No request has a body.");
        served.Models.Asked.Count.ShouldBe(1);
    }
}
