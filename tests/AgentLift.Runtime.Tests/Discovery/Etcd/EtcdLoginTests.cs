using System.Text.Json.Nodes;
using AgentLift.Runtime.Testing;

namespace AgentLift.Runtime.Tests.Discovery;

[Collection(EtcdTests.Name)]
public class EtcdLoginTests
{
    [RequiresProgramFact("etcd", "etcd-server")]
    public async Task A_directory_logs_in_where_etcd_asks_for_a_user_and_again_where_the_token_is_lost()
    {
        await using var cluster = await EtcdCluster.StartAsync(1);
        await cluster.PostAsync("v3/auth/user/add", new JsonObject { ["name"] = "root", ["password"] = "secret" });
        await cluster.PostAsync("v3/auth/role/add", new JsonObject { ["name"] = "root" });
        await cluster.PostAsync("v3/auth/user/grant", new JsonObject { ["user"] = "root", ["role"] = "root" });
        await cluster.PostAsync("v3/auth/enable", []);
        await using EtcdParty known = new(cluster, configure: LogIn("secret")), stranger = new(cluster, configure: LogIn("guess"));

        await using var entry = await known.EnterAsync("tutor", "a");
        (await known.Directory.IdsAsync("tutor")).ShouldBe(["a"]);
        var refusal = await Should.ThrowAsync<AgentDirectoryException>(stranger.EnterAsync("tutor", "b"));
        refusal.Message.ShouldContain("invalid user ID or password");
        refusal.Message.ShouldNotContain("guess");

        await cluster.Nodes[0].KillAsync();
        await cluster.StartAsync(cluster.Nodes);
        await using var second = await known.EnterAsync("tutor", "c");
    }

    private static Action<EtcdDirectoryOptions> LogIn(string password) => options =>
    {
        options.Username = "root";
        options.Password = password;
    };
}
