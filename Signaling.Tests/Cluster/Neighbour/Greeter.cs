using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster;
using ContractVersion = Signaling.Actors.Messages.Wire.ContractVersion;

namespace Signaling.Tests.Cluster.Neighbour;

/// <summary>
/// Compiled into the neighbouring build, where its Akka configuration starts it: sends a <see cref="Greeting"/> to each
/// member, as soon as every member's version of the contract has it. It tells on standard output what it does.
/// </summary>
public sealed class Greeter : ReceiveActor
{
    /// <summary>An environment variable that makes it greet whatever the members' versions are.</summary>
    public const string Regardless = "GREET_REGARDLESS";

    /// <summary>Its name among the actors of its node.</summary>
    public const string Name = "greeter";

    private static readonly ConcurrentDictionary<int, bool> VersionsSeen = new();

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly bool _regardless = Environment.GetEnvironmentVariable(Regardless) is not null;
    private readonly Dictionary<UniqueAddress, Member> _members = [];
    private readonly HashSet<UniqueAddress> _greeted = [];

    public Greeter()
    {
        Receive<ClusterEvent.MemberRemoved>(removed =>
        {
            _members.Remove(removed.Member.UniqueAddress);
            GreetAll();
        });
        Receive<ClusterEvent.IMemberEvent>(changed =>
        {
            _members[changed.Member.UniqueAddress] = changed.Member;
            GreetAll();
        });
        Receive<Greeting>(greeting => Tell($"is greeted by {greeting.From}"));
    }

    /// <summary>Reads the field that the neighbouring build adds to a frame; 0 from a build that does not write it.</summary>
    public static void SeeVersion(int version)
    {
        if (VersionsSeen.TryAdd(version, true))
            Tell($"sees frames of version {version}");
    }

    protected override void PreStart() =>
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));

    private void GreetAll()
    {
        var lowest = _members.Values.Min(member => member.AppVersion)?.Version;
        if (!_regardless && !string.Equals(lowest, $"{ContractVersion.Current}", StringComparison.Ordinal))
        {
            Tell($"greets nobody: a member's version is {lowest}");
            return;
        }

        foreach (var member in _members.Values.Where(member => member.Status is MemberStatus.Up))
        {
            if (member.UniqueAddress != _cluster.SelfUniqueAddress && _greeted.Add(member.UniqueAddress))
                Greet(member.Address);
        }
    }

    private void Greet(Address node)
    {
        var path = new RootActorPath(node) / "user" / Name;
        var greeter = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(path.ToSerializationFormat());
        greeter.Tell(new Greeting(_cluster.SelfUniqueAddress.Uid));
        Tell($"greets {node}");
    }

    private static void Tell(string what) => Console.WriteLine($"The greeter {what}.");
}
