using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Actors.Protocol;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>What is ignored and refused is counted. That a peer notices nothing of it, the golden traces show.</summary>
public sealed class IgnoredTests : IAsyncLifetime
{
    private TestNode _node = null!;
    private Figures _figures = null!;

    public async Task InitializeAsync()
    {
        _node = await TestNode.StartAsync(options => options.Apps.Single(app => app.Path is "/testshared").MostListeners = 1);
        _figures = new Figures(_node.Services.GetRequiredService<IMeterFactory>());
    }

    public async Task DisposeAsync()
    {
        _figures.Dispose();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Each_message_that_means_nothing_is_counted_by_its_reason()
    {
        await using var peer = await TestPeer.ConnectAsync(_node.App("/test"));
        await peer.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true);
        await peer.SendAsync(Encoding.UTF8.GetBytes("hel"), WebSocketMessageType.Text, endOfMessage: false);
        await peer.SendAsync(Encoding.UTF8.GetBytes("lo"), WebSocketMessageType.Text, endOfMessage: true);
        await peer.SendAsync(2, 1, 1);
        await peer.SendAsync(Frame.Of(EventType.Log, 1));
        await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId));
        await peer.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 1, "x"u8));
        await peer.ExpectNothingAsync();

        Assert.Equal(
            [("Malformed", 1), ("NoAddress", 1), ("Text", 2), ("Type", 1), ("UnknownLink", 1)],
            _figures.Of("signaling.messages.ignored"));
    }

    [Fact]
    public async Task Open_and_refused_sockets_are_counted()
    {
        await using var open = await TestPeer.ConnectAsync(_node.App("/test"));
        await using var left = await TestPeer.ConnectAsync(_node.App("/test"));
        await using var unknown = await TestPeer.ConnectAsync(_node.App("/nope"));
        await open.ExpectNothingAsync();
        await left.CloseAsync();

        Assert.Equal((1008, "Unknown app"), await unknown.ExpectCloseAsync());
        Assert.Equal([("Unknown app", 1)], _figures.Of("signaling.sockets.refused"));
        await Eventually.BecomesAsync(
            () => _figures.Of("signaling.sockets.open").Single(), one => one == ("", 1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Each_request_that_a_limit_denies_is_counted_by_its_reason()
    {
        await using var holder = await TestPeer.ListenAsync(_node.App("/testshared"), "room");
        await using var second = await TestPeer.ConnectAsync(_node.App("/testshared"));

        await second.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "room"));

        await second.ExpectAsync(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, "room"));
        Assert.Equal([("Listeners", 1)], _figures.Of("signaling.requests.refused"));
    }

    /// <summary>Sums what one node's meter says.</summary>
    private sealed class Figures : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly SortedDictionary<(string Name, string Reason), long> _sums = [];
        private readonly MeterListener _listener = new();

        public Figures(IMeterFactory node)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == node)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                lock (_gate)
                {
                    var key = (instrument.Name, tags.Length > 0 ? (string)tags[0].Value! : "");
                    _sums[key] = instrument.IsObservable ? value : _sums.GetValueOrDefault(key) + value;
                }
            });
            _listener.Start();
        }

        public List<(string Reason, long Sum)> Of(string name)
        {
            _listener.RecordObservableInstruments();
            lock (_gate)
                return [.. _sums.Where(one => string.Equals(one.Key.Name, name, StringComparison.Ordinal)).Select(one => (one.Key.Reason, one.Value))];
        }

        public void Dispose() => _listener.Dispose();
    }
}
