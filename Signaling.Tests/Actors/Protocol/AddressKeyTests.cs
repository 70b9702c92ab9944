using System.Buffers.Text;
using System.Runtime.InteropServices;
using CsCheck;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Protocol;

public sealed class AddressKeyTests
{
    private static readonly Gen<string> AnyUnits = Gen.UShort.Array[0, 40].Select(TextOf);

    // Nodes of two versions must find the same address under the same key. Addresses are given by their units, since
    // an attribute's text is kept as UTF-8, which has no lone surrogates.
    [Theory]
    [InlineData("/", new ushort[0], "reAnT4S4KLCYARJgm7UXdQ")]
    [InlineData("/callapp", new ushort[] { 0x72, 0x6F, 0x6F, 0x6D }, "ZRvVOQ-Inck4gaEgySG8YQ")]
    [InlineData("/callapp", new ushort[] { 0x52, 0x6F, 0x6F, 0x6D }, "1lDFAptyWxa43xYPePNW7A")]
    [InlineData("/callapp", new ushort[] { 0xD800 }, "LuZY_Pp05Kh_eThUHMmTBA")]
    [InlineData("/callapp", new ushort[] { 0x61, 0, 0x62 }, "nUSczGjNhN9TRxC7g51IWA")]
    [InlineData("/ünï", new ushort[] { 0xD83D, 0xDE00 }, "TNsiyu6-kGEmHfJND3vc9w")]
    public void A_key_never_changes(string app, ushort[] units, string key) =>
        Assert.Equal(key, AddressKey.Of(app, TextOf(units)));

    [Fact]
    public void Addresses_that_look_or_sound_alike_have_keys_of_their_own()
    {
        string[] addresses =
        [
            "", "\0", "\0\0", " ", "a", "A", "a ", "a\0", "ａ",
            "\ud800", "\ud801", "\udc00", "\ufffd", "\ufeff",
            "é", "e\u0301", "constructor", "__proto__", new('a', 256), new('a', 257),
        ];

        Assert.Distinct(addresses.Select(address => AddressKey.Of("/app", address)), StringComparer.Ordinal);
    }

    [Fact]
    public void The_border_between_app_and_address_counts() =>
        Assert.Distinct(
            [AddressKey.Of("/a", "b"), AddressKey.Of("/", "ab"), AddressKey.Of("/ab", ""), AddressKey.Of("/a", "\0b")],
            StringComparer.Ordinal);

    [Fact]
    public void The_same_address_in_another_app_has_another_key() =>
        AnyUnits.Sample(address => Assert.NotEqual(AddressKey.Of("/test", address), AddressKey.Of("/Test", address), StringComparer.Ordinal));

    [Fact]
    public void One_changed_unit_changes_the_key() =>
        Gen.Select(Gen.UShort.Array[1, 40], Gen.Int[0, 39], Gen.UShort[1, ushort.MaxValue]).Sample((units, at, change) =>
        {
            var address = TextOf(units);
            units[at % units.Length] ^= change;
            var other = TextOf(units);

            Assert.NotEqual(AddressKey.Of("/app", address), AddressKey.Of("/app", other), StringComparer.Ordinal);
        });

    [Fact]
    public void A_key_is_22_characters_of_base64url_and_always_the_same() =>
        AnyUnits.Sample(address =>
        {
            var key = AddressKey.Of("/app", address);

            Assert.Equal(22, key.Length);
            Assert.Equal(16, Base64Url.DecodeFromChars(key).Length);
            Assert.Equal(key, AddressKey.Of("/app", new string(address)));
        });

    private static string TextOf(ushort[] units) => new(MemoryMarshal.Cast<ushort, char>(units));
}
