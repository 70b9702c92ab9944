using Signaling.Actors.Messages;

namespace Signaling.Gateway.Limits;

/// <summary>What a socket counts for, until it is disposed of. Repeats do nothing.</summary>
/// <param name="end">Gives it back.</param>
/// <param name="address">The client address that it counts for; null: for none.</param>
internal sealed class Place(Action<Place>? end, ClientAddress? address) : IDisposable
{
    private Action<Place>? _end = end;

    /// <summary>That of a socket that counts for nothing.</summary>
    public static Place Free { get; } = new(end: null, address: null);

    public ClientAddress? Address { get; } = address;

    /// <summary>The owner that it counts for; null: for none.</summary>
    public Owner? Owner { get; set; }

    public void Dispose() => Interlocked.Exchange(ref _end, value: null)?.Invoke(this);
}
