using System.Net;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.Http;

/// <summary>Who says something, by the number that a step has for it: by which connection, to which program and port, and from where.</summary>
/// <param name="Who">The number.</param>
internal readonly record struct HttpCaller(int Who)
{
    private const int Connections = 10;
    private const int Inside = Connections;
    private const int Closed = 2 * Inside;
    private const int Addresses = 2 * Closed;

    private const int Here = 0;
    private const int HereMapped = 1;
    private const int Crowded = 2; // from where many come, whom limits are reached by
    private const int V6 = 3;
    private const int Others = 4;

    /// <summary>Whether it comes by the internal port.</summary>
    public bool IsInside => Who / Inside % 2 == 1;

    /// <summary>Whether it comes to the program that is closed.</summary>
    public bool IsClosed => Who / Closed % 2 == 1;

    /// <summary>Whether it is on the programs' own machine.</summary>
    public bool IsHere => Who / Addresses is Here or HereMapped;

    /// <summary>Where it comes from.</summary>
    public IPAddress Address => (Who / Addresses) switch
    {
        Here => IPAddress.Loopback,
        HereMapped => IPAddress.Loopback.MapToIPv6(),
        Crowded => IPAddress.Parse("203.0.113.7"),
        V6 => IPAddress.Parse("2001:db8::7"),
        var other => new IPAddress([198, 18, (byte)(other >> 8), (byte)other]),
    };

    /// <summary>Somebody.</summary>
    public static HttpCaller Any(Chance chance) => new(
        (chance.Percent(25) ? Inside : 0) + (chance.Percent(50) ? Closed : 0) +
        (Addresses * (chance.Percent(30) ? chance.Below(Others) : Others + chance.Below(50_000))));

    /// <summary>Somebody among many who want a socket of the program that is closed.</summary>
    public static HttpCaller OfCrowd(Chance chance) =>
        new(Closed + (Addresses * (chance.Percent(20) ? Crowded : Others + chance.Below(50_000))));

    /// <summary>The same one, by another connection.</summary>
    public HttpCaller By(int connection) => new(Who - (Who % Connections) + connection);
}
