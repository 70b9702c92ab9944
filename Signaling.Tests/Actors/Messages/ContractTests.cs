using System.Reflection;
using System.Runtime.Serialization;
using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Messages;

/// <summary>What nodes of other versions rely on.</summary>
public sealed class ContractTests(SerializationFixture node) : IClassFixture<SerializationFixture>
{
    private const int SerializerId = 7301;

    public static TheoryData<string> Kinds { get; } = new(KindsOfMessages().Select(type => type.Name));

    [Fact]
    public void Every_kind_of_message_has_a_sample() =>
        Assert.Equal(
            KindsOfMessages().Select(type => type.Name).Order(StringComparer.Ordinal),
            Samples.All.Select(sample => NameOf(sample.Message)).Append(nameof(Parcel)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_is_a_sealed_record(string kind)
    {
        var type = KindsOfMessages().Single(type => string.Equals(type.Name, kind, StringComparison.Ordinal));

        Assert.True(type.IsSealed, "not sealed");
        Assert.NotNull(type.GetMethod("<Clone>$"));
        Assert.All(type.GetProperties(BindingFlags.Public | BindingFlags.Instance), AssertInitOnly);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_has_the_bytes_it_always_had(string kind) =>
        Assert.All(SamplesOf(kind), sample => Assert.Equal(sample.Hex, Convert.ToHexString(node.Write(sample.Message).Bytes)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_arrives_as_it_was_sent(string kind) =>
        Assert.All(SamplesOf(kind), sample =>
        {
            var arrived = node.Read(node.Write(sample.Message));

            Assert.IsType(sample.Message.GetType(), arrived);
            Assert.Equal(MessageText.Of(sample.Message), MessageText.Of(arrived));
        });

    [Theory]
    [InlineData(typeof(Reserve), "rs")]
    [InlineData(typeof(Release), "rl")]
    [InlineData(typeof(Connect), "co")]
    [InlineData(typeof(Join), "jo")]
    [InlineData(typeof(Digest), "dg")]
    [InlineData(typeof(Parcel), "pa")]
    [InlineData(typeof(Bag), "ba")]
    public void A_message_travels_under_its_own_manifest(Type type, string manifest) =>
        Assert.All(
            Samples.All.Where(sample => sample.Message.GetType() == type),
            sample => Assert.Equal((SerializerId, manifest), (node.Write(sample.Message).SerializerId, node.Write(sample.Message).Manifest)));

    [Fact]
    public void A_letter_without_its_parcel_is_not_sent() =>
        Assert.All(
            Samples.All.Select(sample => sample.Message).OfType<Parcel>(),
            parcel => Assert.Throws<SerializationException>(() => node.Write(parcel.Letter)));

    [Fact]
    public void A_letter_of_an_unknown_kind_is_not_sent() =>
        Assert.Throws<SerializationException>(() => node.Write(Samples.InParcel(new UnknownLetter())));

    [Fact]
    public void A_frame_s_data_are_never_shown()
    {
        var (from, to) = (new ConnectionUid(1, 2), new ConnectionUid(3, 4));
        var frame = new LinkFrame(new LinkName(from, 5), from, to, Number: 1, "secret"u8.ToArray(), More: false);

        var shown = $"{frame} {Samples.InParcel(frame)} {new Undeliverable(to.Node, to.Number, frame)}";

        Assert.Contains("6 bytes", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToHexString("secret"u8), shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("115", shown, StringComparison.Ordinal);
    }

    private static IEnumerable<Type> KindsOfMessages() =>
        typeof(IClusterMessage).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IClusterMessage)));

    // Every sample but the bare requests and the bags is a parcel.
    private static (IClusterMessage Message, string Hex)[] SamplesOf(string kind)
    {
        var samples = Samples.All
            .Where(sample => kind is nameof(Parcel) ? sample.Message is Parcel : string.Equals(NameOf(sample.Message), kind, StringComparison.Ordinal))
            .ToArray();
        Assert.NotEmpty(samples);
        return samples;
    }

    private static string NameOf(IClusterMessage message) => (message is Parcel parcel ? parcel.Letter : message).GetType().Name;

    private static void AssertInitOnly(PropertyInfo property)
    {
        if (property.SetMethod is { } set)
            Assert.Contains(typeof(System.Runtime.CompilerServices.IsExternalInit), set.ReturnParameter.GetRequiredCustomModifiers());
    }

    private sealed record UnknownLetter : ILetter;
}
