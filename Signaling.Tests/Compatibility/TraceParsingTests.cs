using System.Text;
using CsCheck;
using Xunit;

namespace Signaling.Tests.Compatibility;

public sealed class TraceParsingTests
{
    private static readonly Notation Notation = new("0123ABCD");

    [Theory]
    [InlineData("[]", new byte[0])]
    [InlineData("[06 02 ff]", new byte[] { 6, 2, 255 })]
    [InlineData("heartbeat", new byte[] { 202 })]
    [InlineData("version 2", new byte[] { 201, 2 })]
    [InlineData("6 -1", new byte[] { 6, 0, 255, 255 })]
    [InlineData("8 16384", new byte[] { 8, 0, 0, 64 })]
    [InlineData("2 1 []", new byte[] { 2, 1, 1, 0, 0, 0, 0, 0 })]
    [InlineData("2 1 [aa bb]", new byte[] { 2, 1, 1, 0, 2, 0, 0, 0, 0xaa, 0xbb })]
    [InlineData("2 1 [aa] + [01 02]", new byte[] { 2, 1, 1, 0, 1, 0, 0, 0, 0xaa, 1, 2 })]
    [InlineData("8 1 + [ff]", new byte[] { 8, 0, 1, 0, 255 })]
    [InlineData("3 -1 \"\"", new byte[] { 3, 2, 255, 255, 0, 0, 0, 0 })]
    [InlineData("3 -1 \"a\\ud800\\u0000\"", new byte[] { 3, 2, 255, 255, 3, 0, 0, 0, 97, 0, 0, 0xd8, 0, 0 })]
    [InlineData("3 -1 \"\\\"\\\\\\$\"", new byte[] { 3, 2, 255, 255, 3, 0, 0, 0, 34, 0, 92, 0, 36, 0 })]
    public void A_binary_message_reads_as_its_bytes_and_is_written_as_it_was(string text, byte[] bytes)
    {
        Assert.Equal(new Message(MessageKind.Binary, bytes), Notation.ReadAnswer(text));
        Assert.Equal(text, Notation.Write(new Message(MessageKind.Binary, bytes)));
    }

    [Theory]
    [InlineData("$a", "<a-0123ABCD>")]
    [InlineData("x$a1 $b", "x<a1-0123ABCD> <b-0123ABCD>")]
    [InlineData("\\u0301$a\\u0065\\u0301", "\u0301<a-0123ABCD>e\u0301")]
    [InlineData("<a-89ABCDEF>", "<a-89ABCDEF>")]
    public void A_name_stands_for_an_address_of_this_run_only(string text, string address)
    {
        var message = Notation.ReadAnswer($"3 -1 \"{text}\"");
        Assert.Equal(address, Encoding.Unicode.GetString(message.Payload[8..]));
        Assert.Equal($"3 -1 \"{text}\"", Notation.Write(message));
    }

    [Theory]
    [InlineData("2 1 bytes(1048568)", 1048576)]
    [InlineData("4 -1 text(100000)", 200008)]
    [InlineData("4 -1 text(257, \"$room\")", 522)]
    public void Long_data_is_named_by_its_length(string text, int length)
    {
        var message = Notation.ReadAnswer(text);
        Assert.Equal(length, message.Payload.Length);
        Assert.Equal(text, Notation.Write(message));
    }

    [Theory]
    [InlineData("text \"hi\"", "Text", "6869")]
    [InlineData("close", "Close", "")]
    [InlineData("close 1000", "Close", "03E8")]
    [InlineData("close 1008 \"no\"", "Close", "03F06E6F")]
    [InlineData("ping [01]", "Ping", "01")]
    [InlineData("pong [01]", "Pong", "01")]
    [InlineData("raw [82 00]", "Raw", "8200")]
    [InlineData("protocol chat", "Protocol", "63686174")]
    [InlineData("refused 404", "Refused", "343034")]
    [InlineData("cut", "Cut", "")]
    public void What_is_no_binary_message_has_a_word_of_its_own(string text, string kind, string payload)
    {
        var message = new Message(Enum.Parse<MessageKind>(kind), Convert.FromHexString(payload));
        Assert.Equal(message, Notation.ReadAnswer(text));
        Assert.Equal(text, Notation.Write(message));
    }

    [Fact]
    public void Any_bytes_are_written_so_that_they_read_as_the_same() =>
        Gen.Byte.Array[0, 40].Sample(bytes =>
        {
            var message = new Message(MessageKind.Binary, bytes);
            return Notation.ReadAnswer(Notation.Write(message)) == message;
        });

    [Fact]
    public void Any_address_is_written_so_that_it_reads_as_the_same() =>
        Gen.Char.Array[0, 200].Sample(units =>
        {
            var message = new Message(MessageKind.Binary,
                [3, 2, 255, 255, (byte)units.Length, 0, 0, 0, .. units.SelectMany(unit => new[] { (byte)unit, (byte)(unit >> 8) })]);
            return Notation.ReadAnswer(Notation.Write(message)) == message;
        });

    [Fact]
    public void A_paragraph_is_its_comments_and_steps_and_what_they_bring_about()
    {
        var trace = Trace.Parse("""
            # Two peers.
            a: open /callapp offering chat superchat
            b: open /te%73t
            a < protocol chat

            a > { 6 1 "$x"; 8 1 in 2 fragments }
            b: cut
            a: reset

            """, Notation);

        Assert.Equal(2, trace.Paragraphs.Count);
        Assert.Equal(3, trace.Paragraphs[0].Script.Count);
        Assert.Equal(("/callapp", 2), trace.Paragraphs[0].Steps[0] is Open open ? (open.Target, open.Protocols.Count) : default);
        Assert.Equal(new Open(3, "b", "/te%73t", []), trace.Paragraphs[0].Steps[1]);
        Assert.Equal(new Answer(4, "a", Notation.ReadAnswer("protocol chat")), Assert.Single(trace.Paragraphs[0].Answers));
        Assert.Equal([1, 2], Assert.IsType<Send>(trace.Paragraphs[1].Steps[0]).Messages.Select(sent => sent.Fragments));
        Assert.Equal([new Drop(7, "b", Reset: false), new Drop(8, "a", Reset: true)], trace.Paragraphs[1].Steps.Skip(1));
    }

    [Theory]
    [InlineData("a open /", "Line 1, 'a open /': A line is ")]
    [InlineData("a: shut", "A peer can 'open /path'")]
    [InlineData("a < 3 -1\na > 3 -1", "Line 2, 'a > 3 -1': Answers end a paragraph")]
    [InlineData("a > 300 1", "'300' stands where a number from 0 to 255 should.")]
    [InlineData("a > 3 40000", "'40000' stands where a number from -32768 to 32767 should.")]
    [InlineData("a > 3", "The line ends where a number should stand.")]
    [InlineData("a > 3 -1 words", "'words' is no data")]
    [InlineData("a > 3 -1 \"a\" \"b\"", "'\"b\"' is one too many.")]
    [InlineData("a > 3 -1 \"\\x\"", "'\\x' in \"\\x\" means nothing")]
    [InlineData("a > 3 -1 \"$\"", "'$' in \"$\" means nothing")]
    [InlineData("a > [0", "'[' are no bytes")]
    [InlineData("a > [0g]", "'[0g]' are no bytes")]
    [InlineData("a > { 6 1; 8 1", "'the end of the line' stands where '}' should.")]
    [InlineData("a > text hi", "'hi' is no string")]
    public void A_line_that_cannot_be_read_is_named_with_what_is_wrong(string text, string saying)
    {
        var error = Assert.Throws<FormatException>(() => Trace.Parse(text, Notation));
        Assert.Contains(saying, error.Message, StringComparison.Ordinal);
    }
}
