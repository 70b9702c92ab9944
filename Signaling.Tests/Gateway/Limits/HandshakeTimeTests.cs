using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Signaling.Tests.Gateway.Limits;

/// <summary>Connections that come to no request, by the service's own transport and by Kestrel's.</summary>
public sealed class HandshakeTimeTests(HandshakeTimeTests.Gateways gateways) : IClassFixture<HandshakeTimeTests.Gateways>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<bool, bool, string> Silent { get; } = new()
    {
        { true, false, "" },
        { true, false, "GET /callapp HT" },
        { true, false, "GET /callapp HTTP/1.1\r\nHost: a\r\n" },
        { true, true, "" },
        { true, true, "\u0016\u0003\u0001" }, // the beginning of TLS
        { false, false, "" },
        { false, false, "GET /callapp HTTP/1.1\r\nHost: a\r\n" },
        { false, true, "" },
    };

    [Theory]
    [MemberData(nameof(Silent))]
    public async Task One_that_goes_no_further_is_closed(bool epoll, bool tls, string said)
    {
        using var late = new CancellationTokenSource(Patience);
        using var socket = await (epoll ? gateways.Own : gateways.Kestrels).ConnectAsync(tls: tls);
        var start = Stopwatch.GetTimestamp();
        await socket.SendAsync(Encoding.Latin1.GetBytes(said), late.Token);

        var answer = new byte[1024];
        var received = 0;
        try
        {
            // A request that was begun gets an answer.
            for (int count; (count = await socket.ReceiveAsync(answer.AsMemory(received), late.Token)) > 0;)
                received += count;
        }
        catch (SocketException)
        {
            // Or the connection is reset.
        }

        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromMilliseconds(900), "It was closed before its time.");
        if (said.Length > 3)
            Assert.StartsWith("HTTP/1.1 408 ", Encoding.Latin1.GetString(answer), StringComparison.Ordinal);
    }

    /// <summary>Two programs that are there for all of these tests.</summary>
    public sealed class Gateways : IAsyncLifetime
    {
        private const string Time = "00:00:01";

        internal StrictGateway Own { get; private set; } = null!;

        internal StrictGateway Kestrels { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Own = await StrictGateway.StartAsync(("limits__handshakeTime", Time));
            Kestrels = await StrictGateway.StartAsync(("limits__handshakeTime", Time), ("sockets__epoll", "false"));
        }

        public async Task DisposeAsync()
        {
            await Own.DisposeAsync();
            await Kestrels.DisposeAsync();
        }
    }
}
