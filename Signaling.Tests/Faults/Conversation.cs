using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>Where the peers of a conversation connect, and the address they meet at.</summary>
internal sealed record Seats(Uri Host, Uri Guest, string Address);

/// <summary>Two peers with an open link, both of which say numbers.</summary>
internal sealed class Conversation : IDisposable
{
    private const short GuestsLink = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Conversation(int number, Seats seats)
    {
        Seats = seats;
        Host = new Speaker(number, FromHost, FromGuest);
        Guest = new Speaker(number, FromGuest, FromHost);
    }

    public Seats Seats { get; }

    public Direction FromHost { get; } = new();

    public Direction FromGuest { get; } = new();

    public Speaker Host { get; }

    public Speaker Guest { get; }

    public IEnumerable<Direction> Directions => [FromHost, FromGuest];

    public bool IsOpen => !Host.Over.IsCompleted && !Guest.Over.IsCompleted;

    /// <summary>One of the two is told that the link is over, or loses its socket.</summary>
    public Task Over => Task.WhenAny(Host.Over, Guest.Over);

    public bool AllHeard => FromHost.Lost == 0 && FromGuest.Lost == 0;

    /// <summary>Opens a link.</summary>
    /// <exception cref="IOException">It was not possible.</exception>
    public static async Task<Conversation> OpenAsync(int number, Seats seats)
    {
        var conversation = new Conversation(number, seats);
        try
        {
            await conversation.Host.ComeAsync(
                seats.Host,
                Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, seats.Address), EventType.ServerInitialized, link: null, Patience);
            await conversation.Guest.ComeAsync(
                seats.Guest, Frame.Of(EventType.NewConnection, GuestsLink, seats.Address), EventType.NewConnection, GuestsLink, Patience);
            return conversation;
        }
        catch
        {
            conversation.Dispose();
            throw;
        }
    }

    /// <summary>Each of the two says its next number.</summary>
    public void Speak()
    {
        Host.Say();
        Guest.Say();
    }

    public Task LeaveAsync() => Task.WhenAll(Host.LeaveAsync(), Guest.LeaveAsync());

    public void Dispose()
    {
        Host.Dispose();
        Guest.Dispose();
    }
}
