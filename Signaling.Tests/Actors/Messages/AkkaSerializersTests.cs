using System.Collections;
using System.Reflection;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Serialization;
using Akka.Util;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Signaling.Tests.Actors.Messages;

/// <summary>What is built from bytes that come from another node, whoever that is.</summary>
public sealed class AkkaSerializersTests : IAsyncLifetime
{
    private readonly IHost _host = ActorSystems.BuildService();

    private ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public Task InitializeAsync() => _host.StartAsync();

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    public static TheoryData<int, string> Unread => new()
    {
        { 1, "System.Object" },
        { 1, "" },
        { 2, "Google.Protobuf.WellKnownTypes.Any, Google.Protobuf" },
        { 2, "System.Diagnostics.Process, System.Diagnostics.Process" },
        { 3, "Akka.Remote.DaemonMsgCreate, Akka.Remote" },
        { 4, "System.Byte[]" },
        { 6, "System.Object" },
        { 16, "PP" }, // a poison pill
        { 16, "K" }, // Kill
        { 16, "STF" }, // a failure, with an exception in it
        { 16, "STS" },
        { 16, "RS" }, // where an actor is to be made
        { 16, "RORRC" },
        { 16, "CF" },
        { 16, "AR" },
        { 22, typeof(Terminate).TypeQualifiedName() },
        { 22, typeof(Create).TypeQualifiedName() },
        { 22, typeof(Recreate).TypeQualifiedName() },
        { 22, typeof(Resume).TypeQualifiedName() },
        { 22, typeof(Suspend).TypeQualifiedName() },
        { 22, typeof(Failed).TypeQualifiedName() },
        { 22, typeof(Supervise).TypeQualifiedName() },
        { 22, "System.Object" },
        { 36, "a" },
        { -5, "System.Object" }, // Hyperion's id
        { 7302, "" },
    };

    [Theory]
    [MemberData(nameof(Unread))]
    public void Bytes_that_no_node_writes_are_not_read(int id, string manifest) =>
        Assert.Throws<SerializationException>(() => System.Serialization.Deserialize([], id, manifest));

    public static TheoryData<string> Unsendable => ["PoisonPill", "Kill", "Failure", "Success", "Byte[]", "RemoteScope", "Terminate"];

    [Theory]
    [MemberData(nameof(Unsendable))]
    public void What_is_not_read_is_not_written(string type)
    {
        object[] messages =
        [
            PoisonPill.Instance, Kill.Instance, new Status.Failure(new InvalidOperationException()), new Status.Success(null),
            Array.Empty<byte>(), new RemoteScope(Address.AllSystems), new Terminate(),
        ];
        var message = messages.Single(one => string.Equals(one.GetType().Name, type, StringComparison.Ordinal));
        var serializer = System.Serialization.FindSerializerFor(message);

        Assert.Throws<SerializationException>(() => Serialization.ManifestFor(serializer, message));
        Assert.Throws<SerializationException>(() => serializer.ToBinary(message));
    }

    [Fact]
    public void What_nodes_say_to_each_other_comes_back_as_it_was()
    {
        var actor = System.ActorOf(Props.Empty, "anybody");
        object[] messages = [new Watch((IInternalActorRef)actor, (IInternalActorRef)actor), new Unwatch((IInternalActorRef)actor, (IInternalActorRef)actor), new Identify(null)];

        foreach (var message in messages)
        {
            var serializer = System.Serialization.FindSerializerFor(message);
            var read = System.Serialization.Deserialize(serializer.ToBinary(message), serializer.Identifier, Serialization.ManifestFor(serializer, message));
            Assert.IsType(message.GetType(), read);
        }
    }

    [Fact]
    public void Where_a_message_is_looked_for_by_its_place_comes_back_without_a_manifest()
    {
        var message = new ActorSelectionMessage(new Identify(null), [new SelectChildName("system")]);
        var serializer = System.Serialization.FindSerializerFor(message);

        Assert.IsType<ActorSelectionMessage>(System.Serialization.Deserialize(serializer.ToBinary(message), serializer.Identifier, manifest: null));
    }

    /// <summary>One that is new here is to be looked at: does a node need it, and what does it build?</summary>
    [Fact]
    public void There_are_no_others()
    {
        var byId = (IDictionary)typeof(Serialization).GetField("_serializersById", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(System.Serialization)!;
        var all = byId.Values.Cast<Serializer>().OrderBy(one => one.Identifier).Select(one => $"{one.Identifier} {one.GetType().Name}");

        Assert.Equal(
            """
            0 NullSerializer
            1 RefusingSerializer
            2 RefusingSerializer
            3 RefusingSerializer
            4 RefusingSerializer
            5 ClusterMessageSerializer
            6 NarrowSerializer
            11 ReplicatedDataSerializer
            12 ReplicatorMessageSerializer
            13 ClusterShardingMessageSerializer
            14 ClusterSingletonMessageSerializer
            16 NarrowSerializer
            17 PrimitiveSerializers
            22 NarrowSerializer
            30 RefusingSerializer
            36 RefusingSerializer
            7301 ClusterSerializer
            """,
            string.Join('\n', all));
    }
}
