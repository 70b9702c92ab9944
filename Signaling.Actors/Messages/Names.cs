using System.Runtime.InteropServices;

namespace Signaling.Actors.Messages;

/// <summary>
/// The name of a connection, unlike that of any other connection of any node that ever was in the cluster.
/// Actor paths are never kept as identity.
/// </summary>
/// <param name="Node">The uid of the node that accepted the socket.</param>
/// <param name="Number">Its number on that node.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConnectionUid(int Node, long Number);

/// <summary>
/// The name of one life of an address: an address that ends and starts again, there or elsewhere, has a new one.
/// The frames of a link go to the life that opened it.
/// </summary>
/// <param name="Node">The uid of the node that it lives on.</param>
/// <param name="Number">Its number on that node; connections and addresses are numbered in one row.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AddressUid(int Node, long Number);

/// <summary>The name of a reservation.</summary>
/// <param name="Connection">The connection that holds it.</param>
/// <param name="Request">The number of the connection's request that asked for it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReservationName(ConnectionUid Connection, long Request);

/// <summary>The name of a link.</summary>
/// <param name="Initiator">The connection that asked for it.</param>
/// <param name="Request">The number of the request that asked for it.</param>
/// <param name="Ordinal">
/// 0 for a link that the peer itself asked for. A reservation in a shared app asks for many: each is named by its
/// place, from 1 on, among the reservations that stood there before.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LinkName(ConnectionUid Initiator, long Request, int Ordinal = 0);
