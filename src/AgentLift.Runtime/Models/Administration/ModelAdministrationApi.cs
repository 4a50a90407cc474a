using AgentLift.Runtime.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Models.Administration;

/// <summary>Answers requests: <c>GET /models</c>, <c>GET /models/MANAGER/MODEL</c> and <c>POST /models/MANAGER/MODEL/ACTION</c>.</summary>
/// <param name="models">The models.</param>
/// <param name="guard">Who may ask.</param>
/// <param name="logger">Where it is told what was asked for.</param>
/// <param name="stopping">Cancelled when the process begins to stop: then nothing is changed any more, and nobody waits for a change.</param>
internal sealed class ModelAdministrationApi(IModelAdministration models, AdministrationGuard guard, ILogger logger, CancellationToken stopping)
{
    private const string Root = "models";
    private const string Reading = "GET, HEAD";
    private const string Changing = "POST";

    private static readonly Dictionary<string, ModelAction> Actions = new(StringComparer.Ordinal)
    {
        ["load"] = (models, manager, model, token) => models.LoadAsync(manager, model, token),
        ["unload"] = (models, manager, model, token) => models.UnloadAsync(manager, model, token),

        // A model is always drained before it goes: two names that operators look for, and one operation.
        ["drain"] = (models, manager, model, token) => models.UnloadAsync(manager, model, token),
        ["reload"] = (models, manager, model, token) => models.ReloadAsync(manager, model, token),
        ["pin"] = (models, manager, model, token) => models.PinAsync(manager, model, token),
        ["unpin"] = (models, manager, model, _) =>
        {
            models.Unpin(manager, model);
            return Task.CompletedTask;
        },
    };

    private delegate Task ModelAction(IModelAdministration models, string manager, string model, CancellationToken cancellationToken);

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            var reply = Refusal(context) ?? await ReplyAsync(context).ConfigureAwait(false);
            await reply.SendAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller left.
        }
    }

    private AdministrationReply? Refusal(HttpContext context)
    {
        var refusal = guard.Refusal(context.Request);
        if (refusal is not null)
            ModelAdministrationLog.Refused(logger, context.Connection.RemoteIpAddress, refusal.Status);
        return refusal;
    }

    private Task<AdministrationReply> ReplyAsync(HttpContext context)
    {
        var request = context.Request;

        // The server decodes all but slashes, which may be part of a name.
        string[] path = [.. (request.Path.Value ?? string.Empty).Split('/').Skip(1).Select(part => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase))];
        return path switch
        {
            [Root] => Task.FromResult(IfMethod(request, Reading) ?? AdministrationReply.Document(ModelsDocument.Of(models), ModelAdministrationJson.Default.ModelsDocument)),
            [Root, var manager, var model] => Task.FromResult(MissingModel(manager, model) ?? IfMethod(request, Reading) ?? ReplyOf(manager, model)),
            [Root, var manager, var model, var action] when Actions.TryGetValue(action, out var act) =>
                (MissingModel(manager, model) ?? IfMethod(request, Changing)) is { } wrong ? Task.FromResult(wrong) : ActAsync(context, manager, model, action, act),
            [Root, _, _, var action] => Task.FromResult(NotFound($"There is no action {action}; there are {string.Join(", ", Actions.Keys)}.")),
            _ => Task.FromResult(NotFound("Nothing is here. The paths are /models, /models/MANAGER/MODEL and /models/MANAGER/MODEL/ACTION.")),
        };
    }

    private async Task<AdministrationReply> ActAsync(HttpContext context, string manager, string model, string action, ModelAction act)
    {
        var reply = await OutcomeAsync(manager, model, action, act, context.RequestAborted).ConfigureAwait(false);
        ModelAdministrationLog.Answered(logger, action, manager, model, context.Connection.RemoteIpAddress, reply.Status);
        return reply;
    }

    private async Task<AdministrationReply> OutcomeAsync(string manager, string model, string action, ModelAction act, CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        try
        {
            stopping.ThrowIfCancellationRequested();
            await act(models, manager, model, either.Token).ConfigureAwait(false);
            return ReplyOf(manager, model);
        }
        catch (Exception error) when (error is ObjectDisposedException || (error is OperationCanceledException && stopping.IsCancellationRequested))
        {
            return AdministrationReply.Problem(StatusCodes.Status503ServiceUnavailable, "The process is stopping.");
        }
        catch (ModelQueueFullException error)
        {
            return AdministrationReply.Problem(StatusCodes.Status503ServiceUnavailable, error.Message);
        }
        catch (Exception error) when (error is ModelLoadException or InvalidOperationException)
        {
            return AdministrationReply.Problem(StatusCodes.Status409Conflict, error.Message);
        }
#pragma warning disable CA1031 // Whatever goes wrong is told to the caller and to the log; the server goes on.
        catch (Exception error) when (error is not OperationCanceledException || !aborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            ModelAdministrationLog.Failed(logger, error, action, manager, model);
            return AdministrationReply.Problem(StatusCodes.Status500InternalServerError, $"{action} failed: {error.GetType().Name}: {error.Message}");
        }
    }

    private AdministrationReply ReplyOf(string manager, string model) => AdministrationReply.Document(ModelDocument.Of(Find(manager, model)!), ModelAdministrationJson.Default.ModelDocument);

    private ModelStatus? Find(string manager, string model) => models.Models().FirstOrDefault(known => known.Manager == manager && known.Name == model);

    private AdministrationReply? MissingModel(string manager, string model)
    {
        if (Find(manager, model) is not null)
            return null;
        var all = models.Models();
        var siblings = all.Where(known => known.Manager == manager).Select(known => known.Name).ToArray();
        return NotFound(siblings.Length > 0
            ? $"{manager} has no model {model}; it has {string.Join(", ", siblings)}."
            : $"There is no manager {manager}; there are {NamesOf(all.Select(known => known.Manager).Distinct())}.");
    }

    private static string NamesOf(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } some ? some : "none";

    private static AdministrationReply? IfMethod(HttpRequest request, string allowed) => allowed.Split(", ").Contains(request.Method, StringComparer.Ordinal)
        ? null
        : AdministrationReply.Problem(StatusCodes.Status405MethodNotAllowed, $"Ask with {allowed.Replace(", ", " or ", StringComparison.Ordinal)}.") with { Allow = allowed };

    private static AdministrationReply NotFound(string detail) => AdministrationReply.Problem(StatusCodes.Status404NotFound, detail);
}
