using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors;

/// <summary>A test of an actor, with the service's configuration but no cluster, in virtual time.</summary>
public abstract class ActorTest() : TestKit(Settings)
{
    private const string NothingElse = "nothing else";

    private static readonly Config Settings = ConfigurationFactory.ParseString($$"""
        akka.actor.provider = local
        akka.loglevel = OFF # some of these actors fail as they should
        akka.scheduler.implementation = "{{typeof(VirtualScheduler).AssemblyQualifiedName}}"
        akka.test.single-expect-default = 20s
        """).WithFallback(ActorSystems.Base);

    /// <summary>Moves virtual time on.</summary>
    protected void Advance(long milliseconds) => ((VirtualScheduler)Sys.Scheduler).Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Waits until an actor has dealt with all that it was sent before.</summary>
    protected void Settle(IActorRef actor)
    {
        var probe = CreateTestProbe();
        actor.Tell(new Identify(null), probe);
        probe.ExpectMsg<ActorIdentity>();
    }

    /// <summary>Expects a letter to have been posted.</summary>
    protected static void ExpectPosted(TestProbe post, int node, long number, ILetter letter) =>
        Assert.Equal(new Posted(node, number, MessageText.Of(letter)), post.ExpectMsg<Posted>());

    /// <summary>Expects that no probe has got anything that it was not asked for. All that was sent must be settled.</summary>
    protected static void ExpectNothing(params TestProbe[] probes)
    {
        foreach (var probe in probes)
        {
            probe.Tell(NothingElse);
            probe.ExpectMsg(NothingElse);
        }
    }

    /// <summary>Forgets what a probe has got so far. All that was sent must be settled.</summary>
    protected static void Drain(TestProbe probe)
    {
        probe.Tell(NothingElse);
        probe.FishForMessage<string>(message => string.Equals(message, NothingElse, StringComparison.Ordinal));
    }
}
