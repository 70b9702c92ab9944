using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Hosting;
using Akka.Remote;
using Akka.Remote.Serialization;
using Signaling.Actors.Messages.Wire;

namespace Signaling.Actors.Hosting;

/// <summary>
/// What is left of Akka's own serializers. Those of clustering, sharding and distributed data stay as they are, and the one of texts and
/// numbers, by which the last writes its values; of the general ones what those need. No other reads or writes anything. It is set
/// here, so that no folder of settings opens it again.
/// </summary>
internal static class AkkaSerializers
{
    // By their names in Akka's configuration, with their ids.
    private static readonly (string Name, int Id)[] Refused =
    [
        ("json", 1), // builds the type that the bytes name
        ("proto", 2), // so does this one, of the types of Google's
        ("daemon-create", 3), // makes actors
        ("bytes", 4),
        ("akka-stream-ref", 30),
        ("reliable-delivery", 36),
    ];

    /// <summary>Narrows and refuses.</summary>
    public static AkkaConfigurationBuilder WithNarrowSerializers(this AkkaConfigurationBuilder builder)
    {
        foreach (var (name, id) in Refused)
            builder.WithCustomSerializer(name, [], system => new RefusingSerializer(system, id));

        return builder
            .WithCustomSerializer("akka-containers", [], system => new NarrowSerializer(
                system, new MessageContainerSerializer(system), ("", typeof(ActorSelectionMessage))))
            .WithCustomSerializer("akka-misc", [], system => new NarrowSerializer(
                system,
                new MiscMessageSerializer(system),
                ("ID", typeof(Identify)),
                ("AID", typeof(ActorIdentity)),
                ("RWHB", typeof(RemoteWatcher.Heartbeat)),
                ("RWHR", typeof(RemoteWatcher.HeartbeatRsp))))
            .WithCustomSerializer("akka-system-msg", [], system => new NarrowSerializer(
                system,
                new SystemMessageSerializer(system),
                NarrowSerializer.ByName<Watch>(),
                NarrowSerializer.ByName<Unwatch>(),
                NarrowSerializer.ByName<DeathWatchNotification>()));
    }
}
