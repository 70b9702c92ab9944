namespace Signaling.Tests.Faults;

/// <summary>The published times, which the tests assert with some slack: the machine they run on has other work too.</summary>
internal static class Promises
{
    /// <summary>How many times a published time a test lets pass.</summary>
    public const int Slack = 3;

    /// <summary>The longest that the loss of a node holds an open conversation up.</summary>
    public static readonly TimeSpan HoldUp = TimeSpan.FromSeconds(1);

    /// <summary>The longest until a request is answered.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);

    /// <summary>The longest until calls to the addresses of a lost node work again.</summary>
    public static readonly TimeSpan CallsAgain = TimeSpan.FromSeconds(15);

    /// <summary>The longest until the addresses of a lost gateway's peers are free.</summary>
    public static readonly TimeSpan AddressesFree = TimeSpan.FromSeconds(30);

    /// <summary>The longest until a peer knows that the gateway of the one it talks to is lost.</summary>
    public static readonly TimeSpan ToldOver = TimeSpan.FromSeconds(30);

    /// <summary>How long a node may serve that nobody answers any more.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(8);

    /// <summary>The longest that a node takes to end that was asked to.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(120);

    /// <summary>How long a link may keep its sender's socket unread.</summary>
    public static readonly TimeSpan Stall = TimeSpan.FromSeconds(10);

    /// <summary>The same where the sender has other links.</summary>
    public static readonly TimeSpan StallAmongOthers = TimeSpan.FromSeconds(1);
}
