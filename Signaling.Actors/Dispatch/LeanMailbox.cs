using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Signaling.Actors.Dispatch;

/// <summary>Mailboxes for actors of which there are many, and most idle: see <see cref="LeanMessageQueue"/>.</summary>
public sealed class LeanMailbox : MailboxType, IProducesMessageQueue<LeanMessageQueue>
{
    /// <summary>Its name in the Akka configuration.</summary>
    public const string Name = "signaling.lean-mailbox";

    /// <summary>Called by Akka.</summary>
    /// <param name="settings">The settings of the actor system.</param>
    /// <param name="config">The mailbox' part of the configuration.</param>
    public LeanMailbox(Settings settings, Config config)
        : base(settings, config)
    {
    }

    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new LeanMessageQueue();
}
