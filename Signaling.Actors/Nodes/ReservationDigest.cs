using System.Runtime.InteropServices;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>How many reservations there are and a hash over their names, whatever their order. Part of the contract between nodes.</summary>
/// <param name="Count">How many.</param>
/// <param name="Hash">The sum of the names' hashes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReservationDigest(int Count, long Hash)
{
    public ReservationDigest With(ReservationName name) => new(Count + 1, unchecked(Hash + HashOf(name)));

    public ReservationDigest Without(ReservationName name) => new(Count - 1, unchecked(Hash - HashOf(name)));

    private static long HashOf(ReservationName name) => unchecked((long)Mix(
        Mix(Mix(0x9E3779B97F4A7C15 + (uint)name.Connection.Node) + (ulong)name.Connection.Number) + (ulong)name.Request));

    // The finalizer of SplitMix64: every bit of the input changes half of the output's.
    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }
}
