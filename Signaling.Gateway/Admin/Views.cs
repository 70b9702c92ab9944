using Signaling.Actors.Connections;

namespace Signaling.Gateway.Admin;

/// <summary>How the nodes are.</summary>
/// <param name="Nodes">Those that have answered.</param>
/// <param name="Silent">Those that have not, by their addresses.</param>
internal sealed record NodesView(IReadOnlyList<NodeReport> Nodes, IReadOnlyList<string> Silent);

/// <summary>What the apps do.</summary>
/// <param name="Apps">The apps.</param>
/// <param name="Silent">Nodes that have not answered: what they know is missing.</param>
internal sealed record AppsView(IReadOnlyList<AppReport> Apps, IReadOnlyList<string> Silent);

/// <summary>A page of the addresses that are held.</summary>
/// <param name="Addresses">Them, in the order of their keys.</param>
/// <param name="Next">What to give as <c>after</c> for the next page; absent: there is none.</param>
/// <param name="Silent">Nodes that have not answered: what they know is missing.</param>
internal sealed record AddressesView(IReadOnlyList<AddressView> Addresses, string? Next, IReadOnlyList<string> Silent);

/// <summary>An address that is held.</summary>
/// <param name="Key">Its key: a hash of its app and its text.</param>
/// <param name="Shared">Whether several may hold it.</param>
/// <param name="Holders">Who holds it, each as <c>node:number</c>.</param>
internal sealed record AddressView(string Key, bool Shared, IReadOnlyList<string> Holders);

/// <summary>Who holds an address.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Holders">Those who hold it.</param>
/// <param name="Silent">Nodes that have not answered: what they know is missing.</param>
internal sealed record HoldersView(string Key, IReadOnlyList<HolderView> Holders, IReadOnlyList<string> Silent);

/// <summary>Who holds an address.</summary>
/// <param name="Peer">The peer, as <c>node:number</c>.</param>
/// <param name="Node">The node that it is connected to.</param>
/// <param name="App">The app's path.</param>
/// <param name="Links">Its links there.</param>
internal sealed record HolderView(string Peer, string Node, string App, IReadOnlyList<LinkView> Links);

/// <summary>A link of a holder.</summary>
/// <param name="Other">Who is at its other end, as <c>node:number</c>.</param>
/// <param name="IsOwn">Whether the holder has asked for it.</param>
/// <param name="IsStraight">Whether it goes straight to the other end, since its address was silent.</param>
/// <param name="Sent">What the holder has sent over it.</param>
/// <param name="Received">What the holder was sent.</param>
internal sealed record LinkView(string Other, bool IsOwn, bool IsStraight, Count Sent, Count Received);

/// <summary>What has come of an act.</summary>
/// <param name="Count">How many peers, or nodes, it was done to.</param>
/// <param name="Silent">Nodes that have not answered: whether it was done there is not known.</param>
internal sealed record ActView(int Count, IReadOnlyList<string> Silent);
