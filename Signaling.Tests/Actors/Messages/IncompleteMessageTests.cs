using System.Collections;
using System.Runtime.Serialization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Xunit;
using Wire = Signaling.Actors.Messages.Wire;

namespace Signaling.Tests.Actors.Messages;

/// <summary>A message that lacks a part is refused: a reservation without its connection would be that of connection 0.</summary>
public sealed class IncompleteMessageTests(SerializationFixture node) : IClassFixture<SerializationFixture>
{
    private static readonly string[] MayBeAbsent = ["contender", "owner"];

    private static readonly Dictionary<string, MessageParser> Parsers = new(StringComparer.Ordinal)
    {
        ["rs"] = Wire.Reserve.Parser,
        ["rl"] = Wire.Release.Parser,
        ["co"] = Wire.Connect.Parser,
        ["jo"] = Wire.Join.Parser,
        ["dg"] = Wire.Digest.Parser,
        ["pa"] = Wire.Parcel.Parser,
        ["ba"] = Wire.Bag.Parser,
    };

    [Fact]
    public void A_message_is_read_with_all_its_parts_alone() =>
        Assert.All(Samples.All, sample =>
        {
            var (bytes, id, manifest) = node.Write(sample.Message);
            var whole = Parsers[manifest].ParseFrom(bytes);

            foreach (var (owner, part) in PartsOf(whole))
            {
                var value = part.Accessor.GetValue(owner);
                part.Accessor.Clear(owner);
                var without = (whole.ToByteArray(), id, manifest);
                if (MayBeAbsent.Contains(part.Name, StringComparer.Ordinal))
                    node.Read(without);
                else
                    Assert.Throws<SerializationException>(() => node.Read(without));
                part.Accessor.SetValue(owner, value);
            }

            Assert.Equal(bytes, whole.ToByteArray());
        });

    /// <summary>Every message in a message, at any depth, by the one that has it.</summary>
    private static IEnumerable<(IMessage Owner, FieldDescriptor Part)> PartsOf(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => field.FieldType is FieldType.Message))
        {
            var value = field.Accessor.GetValue(message);
            if (value is IMessage)
                yield return (message, field);

            foreach (var part in (value is IMessage one ? [one] : (value as IEnumerable ?? Array.Empty<IMessage>()).Cast<IMessage>()).SelectMany(PartsOf))
                yield return part;
        }
    }
}
