namespace Signaling.Actors.Protocol;

/// <summary>
/// Says which addresses are meant: <c>*</c> stands for any number of units, none included, and everything else for itself, compared unit
/// by unit. An address that has a <c>*</c> in it is matched by a pattern that has one there.
/// </summary>
/// <param name="patterns">The patterns; an address that one of them matches is meant.</param>
public sealed class AddressPattern(params IReadOnlyList<string> patterns)
{
    /// <summary>Whether an address is meant. Takes a time that grows with the product of both lengths at most.</summary>
    public bool Matches(string address)
    {
        foreach (var pattern in patterns)
        {
            if (Matches(pattern, address))
                return true;
        }

        return false;
    }

    // Where a unit differs, the last star takes one unit more: what stands before that star is matched already.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> address)
    {
        var (at, star, taken) = (0, -1, 0);
        for (var i = 0; i < address.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
                (star, taken, at) = (at, i, at + 1);
            else if (at < pattern.Length && pattern[at] == address[i])
                (at, i) = (at + 1, i + 1);
            else if (star >= 0)
                (at, i) = (star + 1, ++taken);
            else
                return false;
        }

        return pattern[at..].Trim('*').IsEmpty;
    }
}
