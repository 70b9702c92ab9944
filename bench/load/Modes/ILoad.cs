using Signaling.Load.Figures;

namespace Signaling.Load.Modes;

/// <summary>A kind of load.</summary>
internal interface ILoad : IDisposable
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures.</summary>
    Meter Meter { get; }

    /// <summary>What it counts by its own words, after it has run.</summary>
    IEnumerable<Count> Counts { get; }

    /// <summary>Puts the load on, measures, and waits until all that is under way has arrived.</summary>
    /// <param name="stop">Ends it early. What was measured until then stands.</param>
    /// <exception cref="Client.PeerException">It could not even begin.</exception>
    Task RunAsync(CancellationToken stop);
}

/// <summary>Something that was counted.</summary>
internal sealed record Count(string Name, double Value);
