using System.Globalization;
using Xunit;

namespace Signaling.Tests.Faults;

/// <summary>Who held which address when, over all peers of a test; never may two hold one at once.</summary>
internal sealed class HolderClaims
{
    private readonly Lock _lock = new();
    private readonly List<Claim> _claims = [];
    private readonly List<(int Node, Moment At)> _cutOffs = [];
    private readonly List<(int Node, Moment Opened, Moment LastAnswered, Moment LastWord)> _sockets = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _claims.Count;
        }
    }

    public Claim Begin(string address, string holder, int node, Moment at)
    {
        var claim = new Claim(address, holder, node, at);
        lock (_lock)
            _claims.Add(claim);
        return claim;
    }

    /// <summary>A node was stopped or cut off: those it serves hold on until its lease has ended.</summary>
    public void CutOff(int node, Moment at)
    {
        lock (_lock)
            _cutOffs.Add((node, at));
    }

    /// <summary>A socket has ended; its node's last word to it answered what was asked at a moment.</summary>
    public void SocketEnded(int node, Moment opened, Moment lastAnswered, Moment lastWord)
    {
        lock (_lock)
            _sockets.Add((node, opened, lastAnswered, lastWord));
    }

    /// <summary>
    /// How many sockets that a node had when it was stopped were answered after it went on. What it had answered before may
    /// still leave then: the system had taken it for sending.
    /// </summary>
    public int SpokenTo(int node, Moment stopped, Moment continued)
    {
        lock (_lock)
        {
            return _sockets.Count(socket =>
                socket.Node == node && socket.Opened < stopped && socket.LastWord > continued && socket.LastAnswered > stopped);
        }
    }

    /// <summary>How many grants a node's peers got after its lease had ended, counted from when it was cut off.</summary>
    public int GrantsOf(int node, Moment cutOff)
    {
        lock (_lock)
            return _claims.Count(claim => claim.Node == node && claim.From > cutOff + Promises.Lease);
    }

    /// <summary>For each address that a node's peers held at a moment: how long until somebody was granted it again.</summary>
    public IReadOnlyList<TimeSpan?> FreeAgain(int node, Moment at)
    {
        lock (_lock)
        {
            return
            [
                .. _claims.Where(claim => claim.Node == node && claim.WasHeldAt(at)).Select(held => _claims
                    .Where(next => string.Equals(next.Address, held.Address, StringComparison.Ordinal) && next.From > at)
                    .Select(next => (TimeSpan?)(next.From - at)).Min()),
            ];
        }
    }

    /// <summary>The pairs that held one address at once.</summary>
    /// <param name="now">Until when claims last that have not ended.</param>
    public IReadOnlyList<string> Doubles(Moment now)
    {
        lock (_lock)
        {
            var doubles = new List<string>();
            foreach (var claims in _claims.GroupBy(claim => claim.Address, StringComparer.Ordinal))
            {
                (Claim Claim, Moment End)? longest = null;
                foreach (var claim in claims.OrderBy(claim => claim.From.Ticks))
                {
                    if (longest is var (earlier, until) && until > claim.From)
                    {
                        doubles.Add(
                            $"{claim.Address}: {earlier.Holder} on node {earlier.Node} held it for at least {Ms(until - earlier.From)}, " +
                            $"and {Ms(claim.From - earlier.From)} after it began {claim.Holder} on node {claim.Node} was granted it");
                    }

                    var end = claim.End(now, _cutOffs.Where(cut => cut.Node == claim.Node).Select(cut => cut.At));
                    if (longest is null || end > longest.Value.End)
                        longest = (claim, end);
                }
            }

            return doubles;
        }
    }

    /// <summary>Never two holders at once.</summary>
    public void AssertNeverTwo()
    {
        Assert.True(Count > 0, "Nobody held anything.");
        Assert.Empty(Doubles(Moment.Now));
    }

    private static string Ms(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");
}
