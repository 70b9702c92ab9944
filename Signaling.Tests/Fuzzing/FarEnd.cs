using Microsoft.AspNetCore.Connections;

namespace Signaling.Tests.Fuzzing;

/// <summary>The far end of a connection that somebody is served on.</summary>
internal abstract class FarEnd : IAsyncDisposable
{
    /// <summary>The server's end.</summary>
    public abstract ConnectionContext Connection { get; }

    /// <summary>Whether the server is not heard any more by who says that nothing more comes.</summary>
    public abstract bool IsCutByEnd { get; }

    public abstract ValueTask SendAsync(byte[] bytes);

    /// <summary>Says that nothing more comes.</summary>
    public abstract void End();

    /// <summary>Breaks the connection.</summary>
    public abstract void Break();

    /// <summary>All that has come from the server, when it is over.</summary>
    public abstract Task<byte[]> ReceiveAllAsync();

    public abstract ValueTask DisposeAsync();
}
