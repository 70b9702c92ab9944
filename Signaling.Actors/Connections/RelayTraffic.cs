namespace Signaling.Actors.Connections;

/// <summary>What this node's peers of one app have said to others over their links, by the way that it went. Safe from any thread.</summary>
public sealed class RelayTraffic
{
    private Sum _sameNode;
    private Sum _acrossNodes;
    private Sum _straight;

    /// <summary>How much has gone one way since the start.</summary>
    public Count By(RelayWay way)
    {
        ref var sum = ref SumOf(way);
        return new Count(Volatile.Read(ref sum.Messages), Volatile.Read(ref sum.Bytes));
    }

    internal void Add(RelayWay way, int bytes)
    {
        ref var sum = ref SumOf(way);
        Interlocked.Increment(ref sum.Messages);
        Interlocked.Add(ref sum.Bytes, bytes);
    }

    private ref Sum SumOf(RelayWay way)
    {
        if (way == RelayWay.SameNode)
            return ref _sameNode;
        if (way == RelayWay.AcrossNodes)
            return ref _acrossNodes;
        return ref _straight;
    }

    private struct Sum
    {
        public long Messages;
        public long Bytes;
    }
}

/// <summary>The way that a message goes from one peer to another.</summary>
public enum RelayWay
{
    /// <summary>Through its address, which lives on the node of the sender.</summary>
    SameNode,

    /// <summary>Through its address, which lives on another node.</summary>
    AcrossNodes,

    /// <summary>Straight from connection to connection, since its address was silent.</summary>
    Straight,
}
