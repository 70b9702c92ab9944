using System.Buffers.Binary;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing;

/// <summary>Changes valid bytes: bits, cuts, splices, parts that are repeated or swapped, numbers at their ends.</summary>
internal static class Mutator
{
    private const int Longest = 64 * 1024;
    private const int MostPieces = 200;

    private static readonly long[] Extremes =
        [0, 1, -1, sbyte.MaxValue, sbyte.MinValue, short.MaxValue, short.MinValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    /// <summary>Changes some bytes in one way or several.</summary>
    /// <param name="chance">Says how.</param>
    /// <param name="valid">The bytes; they stay as they are.</param>
    /// <param name="other">Others, for splices.</param>
    public static byte[] Change(Chance chance, byte[] valid, byte[] other)
    {
        var bytes = valid.ToArray();
        for (var times = chance.Percent(60) ? 1 : chance.Between(2, 6); times > 0; times--)
            bytes = ChangeOnce(chance, bytes, other);
        return bytes.Length <= Longest ? bytes : bytes[..Longest];
    }

    /// <summary>Any bytes at all.</summary>
    public static byte[] Any(Chance chance, int most)
    {
        var bytes = new byte[chance.Below(most + 1)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)chance.Below(256);
        return bytes;
    }

    /// <summary>Cuts bytes into pieces. Of what is long a part is cut up: more small pieces would show nothing more.</summary>
    public static IEnumerable<byte[]> Pieces(Chance chance, byte[] bytes)
    {
        var most = chance.Of<int>([1, 3, 20, 200, int.MaxValue]);
        var length = (int)Math.Min(most == int.MaxValue ? 0 : (long)most * MostPieces, bytes.Length);
        var start = chance.Below(bytes.Length - length + 1);
        var end = start + length;
        if (start > 0)
            yield return bytes[..start];
        for (var at = start; at < end;)
        {
            var next = Math.Min(at + chance.Between(1, most), end);
            yield return bytes[at..next];
            at = next;
        }

        if (end < bytes.Length)
            yield return bytes[end..];
    }

    private static byte[] ChangeOnce(Chance chance, byte[] bytes, byte[] other)
    {
        var (from, to) = Part(chance, bytes.Length);
        switch (chance.Below(9))
        {
            case 0 when bytes.Length > 0:
                bytes[chance.Below(bytes.Length)] ^= (byte)(1 << chance.Below(8));
                return bytes;
            case 1 when bytes.Length > 0:
                bytes[chance.Below(bytes.Length)] = (byte)chance.Below(256);
                return bytes;
            case 2:
                return bytes[..from]; // cut off
            case 3:
                return [.. bytes[..from], .. bytes[to..]]; // cut out
            case 4:
                return [.. bytes[..to], .. bytes[from..]]; // repeated
            case 5:
                return [.. bytes[to..], .. bytes[from..to], .. bytes[..from]]; // swapped
            case 6:
                var (otherFrom, otherTo) = Part(chance, other.Length);
                return [.. bytes[..from], .. other[otherFrom..otherTo], .. bytes[to..]];
            case 7:
                return [.. bytes[..from], .. Any(chance, 16), .. bytes[from..]];
            default:
                return Number(chance, bytes);
        }
    }

    private static byte[] Number(Chance chance, byte[] bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        if (chance.Percent(50))
            BinaryPrimitives.WriteInt64LittleEndian(number, chance.Of<long>(Extremes) + chance.Between(-1, 1));
        else
            BinaryPrimitives.WriteInt64BigEndian(number, chance.Of<long>(Extremes) + chance.Between(-1, 1));
        number = number[..chance.Of<int>([1, 2, 4, 8])];
        var at = chance.Below(bytes.Length + 1);
        return [.. bytes[..at], .. number, .. bytes[Math.Min(bytes.Length, at + number.Length)..]];
    }

    private static (int From, int To) Part(Chance chance, int length)
    {
        var (one, two) = (chance.Below(length + 1), chance.Below(length + 1));
        return (Math.Min(one, two), Math.Max(one, two));
    }
}
