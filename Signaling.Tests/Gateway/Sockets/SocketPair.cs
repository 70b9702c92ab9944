using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>The two ends of one WebSocket, with no server in between: a connection past its handshake, and its client.</summary>
internal sealed class SocketPair : IDisposable
{
    private SocketPair(TcpClient server, TcpClient client)
    {
        Server = new ServerEnd(server);
        Client = WebSocket.CreateFromStream(client.GetStream(), new WebSocketCreationOptions { IsServer = false });
    }

    public ConnectionContext Server { get; }

    public WebSocket Client { get; }

    public static async Task<SocketPair> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var server = await listener.AcceptTcpClientAsync();
        return new SocketPair(server, client);
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Abort();
    }

    private sealed class ServerEnd(TcpClient tcp) : ConnectionContext, IDuplexPipe
    {
        private readonly CancellationTokenSource _closed = new();

        public override string ConnectionId { get; set; } = "pair";

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override CancellationToken ConnectionClosed => _closed.Token;

        public override IDuplexPipe Transport
        {
            get => this;
            set => throw new NotSupportedException();
        }

        public PipeReader Input { get; } = PipeReader.Create(tcp.GetStream());

        public PipeWriter Output { get; } = PipeWriter.Create(tcp.GetStream());

        public override void Abort(ConnectionAbortedException abortReason)
        {
            tcp.Dispose();
            _closed.Cancel();
        }
    }
}
