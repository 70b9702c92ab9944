using System.Runtime.InteropServices;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// What the addresses of one shard hold, as a digest for each node, to compare with what that node knows itself. A difference
/// counts when it is still the same one digest later: until then something may be under way.
/// </summary>
internal sealed class DigestMirror
{
    private readonly Dictionary<int, ReservationDigest> _ofNode = [];
    private readonly Dictionary<int, Difference> _differences = [];

    /// <summary>A reservation stands from now on, or no longer.</summary>
    public void Change(ReservationName name, bool stands)
    {
        var node = name.Connection.Node;
        var digest = _ofNode.GetValueOrDefault(node);
        digest = stands ? digest.With(name) : digest.Without(name);
        if (digest == default)
            _ofNode.Remove(node);
        else
            _ofNode[node] = digest;
    }

    /// <summary>Compares with a node's own digest.</summary>
    /// <returns>False if the two differ for the second time in a row by the same.</returns>
    public bool Agrees(int node, ReservationDigest theirs)
    {
        var difference = new Difference(theirs, _ofNode.GetValueOrDefault(node));
        if (difference.Theirs == difference.Ours)
        {
            _differences.Remove(node);
            return true;
        }

        if (_differences.TryGetValue(node, out var before) && before == difference)
            return false;

        _differences[node] = difference;
        return true;
    }

    public void Clear()
    {
        _ofNode.Clear();
        _differences.Clear();
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Difference(ReservationDigest Theirs, ReservationDigest Ours);
}
