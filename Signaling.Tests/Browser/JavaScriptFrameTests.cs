using CsCheck;
using Microsoft.Playwright;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>The codec of the JavaScript client writes and reads the bytes that the server's does.</summary>
[Collection(BrowserTests.Name)]
public sealed class JavaScriptFrameTests(Chromium chromium) : IAsyncLifetime
{
    private const int Samples = 500;

    // Strings travel to the page as their units, for JSON has no lone surrogates.
    private const string Encode = """
        async ({ type, id, units, bytes }) => {
          const { encode } = await import('/signaling-client.js');
          const data = units ? units.map(unit => String.fromCharCode(unit)).join('') : bytes && Uint8Array.from(bytes);
          return Array.from(encode({ type, id, data }));
        }
        """;

    private const string DecodeAndEncode = """
        async messages => {
          const { decode, encode } = await import('/signaling-client.js');
          return messages.map(message => {
            const frame = decode(Uint8Array.from(message));
            return frame && Array.from(encode(frame));
          });
        }
        """;

    private IBrowserContext? _context;
    private IPage? _page;

    public static TheoryData<EventType, short, string?> Frames => new()
    {
        { EventType.ServerInitialized, FrameHeader.NoId, "address" },
        { EventType.ServerInitialized, FrameHeader.NoId, "" },
        { EventType.ServerInitFailed, FrameHeader.NoId, "gr\u00fc\u00dfe \U0001F600" },
        { EventType.ServerClosed, FrameHeader.NoId, null },
        { EventType.NewConnection, 16384, null },
        { EventType.ConnectionFailed, short.MaxValue, null },
        { EventType.Disconnected, short.MinValue, null },
    };

    public async Task InitializeAsync()
    {
        _context = await chromium.NewContextAsync();
        await _context.ServeFilesAsync();
        _page = await _context.NewPageAsync();
        await _page.GotoAsync(StaticPages.Blank);
    }

    public async Task DisposeAsync() => await _context!.CloseAsync();

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task A_frame_is_written_as_the_server_writes_it(EventType type, short id, string? text)
    {
        var expected = text is null ? Frame.Of(type, id) : Frame.Of(type, id, text);

        Assert.Equal(Ints(expected), await EncodeAsync(type, id, text));
    }

    // Not among the cases above: the test runner's own transport would replace the lone surrogates.
    [Fact]
    public async Task NUL_and_lone_surrogates_stay_what_they_are()
    {
        const string Text = "NUL \0, lone \ud800 and \udfff, \ufffd";

        var written = await EncodeAsync(EventType.NewConnection, 1, Text);

        Assert.Equal(Ints(Frame.Of(EventType.NewConnection, 1, Text)), written);
    }

    [Fact]
    public async Task Data_are_written_as_the_server_writes_them()
    {
        byte[] data = [0, 1, 127, 128, 255];

        var written = await _page!.EvaluateAsync<int[]>(
            Encode, new { type = (int)EventType.ReliableMessageReceived, id = -2, units = (int[]?)null, bytes = Ints(data) });

        Assert.Equal(Ints(Frame.Of(EventType.ReliableMessageReceived, -2, data)), written);
    }

    [Fact]
    public async Task Whatever_comes_in_is_read_or_refused_as_by_the_server()
    {
        var messages = new List<byte[]>();
        AnyMessage.Sample(messages.Add, iter: Samples, threads: 1);

        var read = await _page!.EvaluateAsync<int[]?[]>(DecodeAndEncode, messages.Select(Ints).ToArray());

        Assert.All(messages.Zip(read), pair => Assert.Equal(Expected(pair.First), pair.Second));
        Assert.Contains(read, frame => frame is null);
        Assert.Contains(read, frame => frame is not null);
    }

    /// <summary>Headers with all data types and lengths that are right, too small or too large.</summary>
    private static Gen<byte[]> AnyMessage =>
        from head in Gen.Byte.Array[0, FrameHeader.Length]
        from dataType in Gen.Int[0, 3]
        from length in Gen.Int[0, 12]
        from rest in Gen.Byte.Array[0, 24]
        select head.Length < FrameHeader.Length
            ? head
            : [head[0], (byte)dataType, head[2], head[3], (byte)length, 0, 0, 0, .. rest];

    private Task<int[]> EncodeAsync(EventType type, short id, string? text)
    {
        var units = text?.Select(unit => (int)unit).ToArray();
        return _page!.EvaluateAsync<int[]>(Encode, new { type = (int)type, id, units, bytes = (int[]?)null });
    }

    private static int[]? Expected(byte[] message) =>
        FrameHeader.TryRead(message, out var header) ? Ints(message[..header.FrameLength]) : null;

    private static int[] Ints(byte[] bytes) => [.. bytes.Select(value => (int)value)];
}
