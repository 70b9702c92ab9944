namespace Signaling.Tests.Floods;

/// <summary>Some who do to a node what nobody should. They end when it is disposed.</summary>
internal interface IFlood : IAsyncDisposable
{
    /// <summary>How often they have done it.</summary>
    long Done { get; }
}
