using System.Runtime.Serialization;
using Google.Protobuf.Collections;

namespace Signaling.Actors.Messages.Wire;

/// <summary>
/// Lists as they travel between nodes. They are read up to twice the length that this version writes: a neighbouring
/// version may have longer pages, and a damaged message must not fill the memory.
/// </summary>
internal static class WireLists
{
    /// <summary>Most nodes that a letter lists, many times a cluster's size.</summary>
    public const int MaxNodes = 1024;

    public static void Fill<T, TWire>(this RepeatedField<TWire> list, IReadOnlyList<T> items, Func<T, TWire> write)
    {
        list.Capacity = items.Count;
        for (var i = 0; i < items.Count; i++)
            list.Add(write(items[i]));
    }

    public static T[] FromWire<T, TWire>(this RepeatedField<TWire> list, int pageSize, Func<TWire, T> read)
    {
        if (list.Count > 2 * pageSize)
            throw new SerializationException($"A list between nodes has {list.Count} entries; this version writes at most {pageSize}.");

        var items = new T[list.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = read(list[i]);
        return items;
    }

    /// <summary>Throws where a page does not lie within the whole that it is said to be of.</summary>
    public static void CheckPage(int count, int skip, int total)
    {
        if (skip < 0 || (long)skip + count > total)
            throw new SerializationException($"A page of {count} behind {skip} is more than the {total} that there are.");
    }
}
