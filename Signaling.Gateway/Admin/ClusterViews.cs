using Microsoft.AspNetCore.Http.HttpResults;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Desk;

namespace Signaling.Gateway.Admin;

/// <summary>What there is to see of the cluster, from any node.</summary>
internal static class ClusterViews
{
    private const int MostInPage = 1000;

    public static async Task<NodesView> NodesAsync(ClusterDesk desk, NodeTopic topic, CancellationToken cancellation)
    {
        var answers = await desk.AskAsync(topic, new NodeQuestion(), cancellation);
        return new NodesView([.. answers.All.Select(one => one.Answer).OrderBy(node => node.Address, StringComparer.Ordinal)], Silent(answers));
    }

    public static async Task<AppsView> AppsAsync(ClusterDesk desk, NodeTopic topic, CancellationToken cancellation)
    {
        var answers = await desk.AskAsync(topic, new NodeQuestion(), cancellation);
        var apps = answers.All.SelectMany(one => one.Answer.Apps).GroupBy(app => app.Path, StringComparer.Ordinal).OrderBy(app => app.Key, StringComparer.Ordinal);
        return new AppsView([.. apps.Select(app => SumOf(app.Key, [.. app]))], Silent(answers));
    }

    public static async Task<AddressesView> AddressesAsync(
        ClusterDesk desk, AddressesTopic topic, CancellationToken cancellation, string after = "", int limit = 100)
    {
        var most = Math.Clamp(limit, 1, MostInPage);
        var answers = await desk.AskAsync(topic, new AddressesQuestion(after, most), cancellation);
        var keys = answers.All.SelectMany(one => one.Answer.Addresses)
            .GroupBy(held => held.Key, StringComparer.Ordinal)
            .OrderBy(held => held.Key, StringComparer.Ordinal)
            .ToArray();

        // A node that has more may have them between those of another: behind its last one nothing is known.
        var end = answers.All.Where(one => one.Answer.Addresses.Count == most).Select(one => one.Answer.Addresses[^1].Key).Min(StringComparer.Ordinal);
        AddressView[] page =
        [
            .. keys.Where(held => end is null || string.CompareOrdinal(held.Key, end) <= 0)
                .Take(most)
                .Select(held => new AddressView(held.Key, held.First().Shared, [.. held.Select(one => $"{one.Holder}")])),
        ];
        return new AddressesView(page, page.Length > 0 && (end is not null || keys.Length > page.Length) ? page[^1].Key : null, Silent(answers));
    }

    public static async Task<Results<Ok<HoldersView>, BadRequest<string>>> AddressAsync(
        ClusterDesk desk, AddressTopic topic, CancellationToken cancellation, string? app = null, string? address = null, string? key = null)
    {
        if (key is null && (app is null || address is null))
            return TypedResults.BadRequest("Name the app's path and the address, /admin/address?app=/callapp&address=room, or the address' key.");

        key ??= AddressKey.Of(app!, address!);
        var answers = await desk.AskAsync(topic, new AddressQuestion(key), cancellation);
        return TypedResults.Ok(new HoldersView(
            key,
            [.. answers.All.SelectMany(one => one.Answer.Holders.Select(holder => new HolderView(
                $"{holder.Peer}",
                one.Node.Address,
                holder.App,
                [.. holder.Links.Select(link => new LinkView($"{link.Other}", link.IsOwn, link.IsStraight, link.Sent, link.Received))])))],
            Silent(answers)));
    }

    public static IReadOnlyList<string> Silent<T>(ClusterAnswers<T> answers) => [.. answers.Silent.Select(node => node.Address)];

    private static AppReport SumOf(string path, AppReport[] apps)
    {
        FailureReport[] failures =
        [
            .. apps.SelectMany(app => app.Failures ?? [])
                .GroupBy(one => one.Reason, StringComparer.Ordinal)
                .Select(one => new FailureReport(one.Key, one.Sum(failure => failure.Count))),
        ];
        return new AppReport(
            path,
            apps.Sum(app => app.Addresses),
            apps.Sum(app => app.LinkEnds),
            apps.Sum(app => app.Messages),
            apps.Sum(app => app.Bytes),
            failures.Length > 0 ? failures : null);
    }
}
