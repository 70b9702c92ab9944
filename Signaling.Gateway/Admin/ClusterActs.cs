using Microsoft.AspNetCore.Http.HttpResults;
using Signaling.Gateway.Desk;
using Signaling.Gateway.Sessions;

namespace Signaling.Gateway.Admin;

/// <summary>What the cluster can be told to do, from any node.</summary>
internal sealed class ClusterActs(ClusterDesk desk, ActTopic topic, AuditLog audit)
{
    public static Task<Results<Ok<ActView>, NotFound<string>>> DisconnectAsync(int node, long number, ClusterActs acts, HttpContext context) =>
        acts.DoAsync(context, $"disconnected the peer {node}:{number}", new Act(ActKind.Disconnect, new PeerName(node, number)), node);

    public static Task<Results<Ok<ActView>, NotFound<string>>> CloseAddressAsync(string key, ClusterActs acts, HttpContext context) =>
        acts.DoAsync(context, $"closed the address {Printable(key)}", new Act(ActKind.CloseAddress, Key: key));

    public static Task<Results<Ok<ActView>, NotFound<string>>> DrainAsync(int uid, ClusterActs acts, HttpContext context) =>
        acts.DoAsync(context, $"begun to drain the node {uid}", new Act(ActKind.Drain), uid);

    public static Task<Results<Ok<ActView>, NotFound<string>>> HoldBackAsync(int uid, ClusterActs acts, HttpContext context) =>
        acts.DoAsync(context, $"held the node {uid} back", new Act(ActKind.HoldBack, IsOn: true), uid);

    public static Task<Results<Ok<ActView>, NotFound<string>>> ReleaseAsync(int uid, ClusterActs acts, HttpContext context) =>
        acts.DoAsync(context, $"taken the node {uid} back", new Act(ActKind.HoldBack, IsOn: false), uid);

    public static Task<Results<Ok<ActView>, NotFound<string>>> SetLogLevelAsync(LogLevelChange change, ClusterActs acts, HttpContext context) =>
        acts.DoAsync(
            context,
            $"set the level of the log's {Printable(change.Category)} to {change.Level?.ToString() ?? "that of the start"}",
            new Act(ActKind.LogLevel, Category: change.Category, Level: change.Level),
            change.Node);

    private async Task<Results<Ok<ActView>, NotFound<string>>> DoAsync(HttpContext context, string what, Act act, int? node = null)
    {
        var answers = await desk.AskAsync(topic, act, context.RequestAborted, node);
        var done = answers.All.Sum(one => one.Answer.Count);
        if (done == 0 && answers.Silent.Count == 0)
            return TypedResults.NotFound("There is no such node, peer or address, any more or at all.");

        audit.Acted(context, what);
        return TypedResults.Ok(new ActView(done, ClusterViews.Silent(answers)));
    }

    private static string Printable(string text) => string.Concat(text.Take(100).Where(one => !char.IsControl(one)));
}

/// <summary>A level of the log that is to be another.</summary>
/// <param name="Category">The category, with all whose names begin with it.</param>
/// <param name="Level">The level; absent: that of the start.</param>
/// <param name="Node">The uid of the only node; absent: all.</param>
internal sealed record LogLevelChange(string Category, LogLevel? Level = null, int? Node = null);
