using System.Buffers.Binary;
using Google.Protobuf;
using Signaling.Actors.Messages.Wire;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.ClusterPort.Wire;

namespace Signaling.Tests.Fuzzing.ClusterPort;

/// <summary>What is to be made of all that somebody says at the port between nodes: the rules a second time, slowly.</summary>
internal sealed class PlainPort
{
    /// <summary>The longest message.</summary>
    public const int Longest = 256_000;

    private const string Name = "berlin";
    private const int LongestFirst = 4096;
    private const int LongestText = 80;
    private const uint Associate = 1;

    private PlainPort(Refusal? refused) => Refused = refused;

    /// <summary>What it is refused for; null: it is let in.</summary>
    public Refusal? Refused { get; private set; }

    /// <summary>The messages that it has sent, its first words included, up to a length that is none.</summary>
    public List<byte[]> Messages { get; } = [];

    /// <summary>Whether a length follows them that is none.</summary>
    public bool EndsWrong { get; private set; }

    /// <summary>What all nodes of the cluster agree on.</summary>
    public static ClusterContract Contract() => new(Name, ContractVersion.Current);

    /// <summary>Refuses whatever it says.</summary>
    public static PlainPort RefusedFor(Refusal reason) => new(reason);

    /// <summary>Who has come to the port.</summary>
    public static PlainPort OfComer(byte[] all)
    {
        var port = new PlainPort(refused: null);
        port.Cut(all);
        if (all.Length == 0)
            port.Refused = Refusal.Silent;
        else if (port.Messages is [var first, ..] && first.Length <= LongestFirst)
            port.Refused = OfFirst(first, isComer: true);
        else
            port.Refused = Refusal.Garbage;
        return port;
    }

    /// <summary>Who was dialled.</summary>
    public static PlainPort OfDialled(byte[] all)
    {
        var port = new PlainPort(refused: null);
        port.Cut(all);
        if (port.Messages is [var first, ..])
            port.Refused = OfFirst(first, isComer: false);
        return port;
    }

    private void Cut(byte[] all)
    {
        for (var at = 0; all.Length - at >= sizeof(int);)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(all.AsSpan(at));
            EndsWrong = length > Longest;
            at += sizeof(int);
            if (EndsWrong || length > all.Length - at)
                return;

            Messages.Add(all[at..(at + (int)length)]);
            at += (int)length;
        }
    }

    private static Refusal? OfFirst(byte[] first, bool isComer)
    {
        FirstMessage said;
        try
        {
            said = FirstMessage.Parser.ParseFrom(first);
        }
        catch (InvalidProtocolBufferException)
        {
            return Refusal.Garbage;
        }

        if (said.Instruction is null || (isComer && said.Instruction.Command != Associate))
            return Refusal.Garbage;
        return said.Hello is null ? Refusal.Name : OfHello(said.Hello);
    }

    private static Refusal? OfHello(Hello other)
    {
        string[] texts = [other.Cluster, .. other.Settings.Keys, .. other.Settings.Values];
        if (Array.Exists(texts, text => text.Length > LongestText))
            return Refusal.Garbage;
        if (!other.Cluster.Equals(Name, StringComparison.Ordinal))
            return Refusal.Name;

        // Where a number is at its end, its neighbour is at the other.
        const int Own = ContractVersion.Current;
        if (other.Version is < Own - 1 or > Own + 1 || Own < unchecked(other.Highest - 1) || Own > unchecked(other.Lowest + 1))
            return Refusal.Version;

        var own = Contract().Say().Settings;
        return other.Settings.Any(one => own.TryGetValue(one.Key, out var value) && !value.Equals(one.Value, StringComparison.Ordinal)) ? Refusal.Settings : null;
    }
}
