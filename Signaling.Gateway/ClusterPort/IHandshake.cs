using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Gateway.ClusterPort;

/// <summary>How the connection of two nodes begins.</summary>
internal interface IHandshake
{
    /// <summary>What stands before <c>://</c> in the addresses of nodes, behind <c>akka.</c>.</summary>
    string Scheme { get; }

    /// <summary>Lets somebody in.</summary>
    /// <returns>The connection to it; null: it left without a word.</returns>
    /// <exception cref="RefusedException">It is no node of this cluster.</exception>
    Task<ConnectionContext?> LetInAsync(Socket socket, CancellationToken cancellation);

    /// <summary>Goes to somebody.</summary>
    /// <exception cref="RefusedException">It is no node of this cluster, or not the one that is meant.</exception>
    Task<ConnectionContext> GoInAsync(Socket socket, string host, CancellationToken cancellation);
}
