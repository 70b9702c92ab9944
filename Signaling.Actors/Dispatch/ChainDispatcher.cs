using Akka.Configuration;
using Akka.Dispatch;

namespace Signaling.Actors.Dispatch;

/// <summary>
/// Runs actors where the message came from, see <see cref="Chain"/>. For actors that do little for each message and never block:
/// those that a frame passes on its way.
/// </summary>
public sealed class ChainDispatcher : MessageDispatcher
{
    /// <summary>Its name in the Akka configuration.</summary>
    public const string Name = "signaling.chain-dispatcher";

    internal ChainDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
    }

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => Chain.Run(run);

    /// <inheritdoc/>
    protected override void Shutdown()
    {
        // It has no threads of its own.
    }
}

/// <summary>Makes the <see cref="ChainDispatcher"/>, by its name in the Akka configuration.</summary>
public sealed class ChainDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly ChainDispatcher _dispatcher;

    /// <summary>Called by Akka.</summary>
    /// <param name="config">The dispatcher's part of the configuration.</param>
    /// <param name="prerequisites">What dispatchers need.</param>
    public ChainDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new ChainDispatcher(this);

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}
