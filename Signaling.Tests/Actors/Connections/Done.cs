using Signaling.Actors.Connections;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors.Connections;

/// <summary>One thing that a connection has done, for comparison.</summary>
internal abstract record Done;

/// <summary>It has written to its peer.</summary>
internal sealed record Wrote(string Frame) : Done
{
    public Wrote(ReadOnlyMemory<byte> frame)
        : this(FrameText.Of(frame))
    {
    }
}

/// <summary>It has sent a request to an address.</summary>
internal sealed record Asked(IAddressRequest Request) : Done;

/// <summary>It has sent a letter to a connection or an address.</summary>
internal sealed record Told(object To, string Letter) : Done
{
    public Told(object to, ILetter letter)
        : this(to, MessageText.Of(letter))
    {
    }
}

/// <summary>It has given a reservation back to its node.</summary>
internal sealed record GaveBack(string Key, ReservationName Name) : Done;

/// <summary>It has left a broken link to its node.</summary>
internal sealed record Broke(BrokenLink Link) : Done;

/// <summary>It has ignored a message of its peer.</summary>
internal sealed record Ignored(IgnoredMessage Reason) : Done;

/// <summary>It has counted something that it denied.</summary>
internal sealed record Counted(Refusal Reason) : Done;

/// <summary>It has let its peer's socket go.</summary>
internal sealed record ClosedSocket : Done;

/// <summary>It has ended.</summary>
internal sealed record Stopped : Done;
