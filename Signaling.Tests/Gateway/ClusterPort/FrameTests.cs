using System.Buffers;
using System.IO.Pipelines;
using CsCheck;
using Google.Protobuf;
using Signaling.Gateway.ClusterPort;
using Xunit;

namespace Signaling.Tests.Gateway.ClusterPort;

public sealed class FrameTests
{
    private const int Most = 256_000;

    [Fact]
    public async Task What_is_put_in_comes_out_whole_and_in_order_however_it_is_cut()
    {
        await Gen.Select(Gen.Int[0, 3000].Array[1, 20], Gen.Int[1, 700]).SampleAsync(async (lengths, cut) =>
        {
            var outbox = new Outbox();
            var sent = lengths.Select((length, i) => Enumerable.Range(0, length).Select(at => (byte)(at + i)).ToArray()).ToArray();
            foreach (var message in sent)
                Assert.True(outbox.TryAdd(ByteString.CopyFrom(message)));
            outbox.Close();
            using var stream = new MemoryStream();
            await outbox.WriteToAsync(PipeWriter.Create(stream));

            var reader = PipeReader.Create(new ShortReads(stream.ToArray(), cut));
            var got = new List<byte[]>();
            ReadResult read;
            do
            {
                read = await reader.ReadAsync();
                var buffer = read.Buffer;
                while (FrameReader.TryTake(ref buffer, Most, out var message))
                    got.Add(message.ToArray());
                reader.AdvanceTo(buffer.Start, buffer.End);
            }
            while (!read.IsCompleted);

            Assert.Equal(sent, got);
        }, iter: 200);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Most + 1)]
    [InlineData(int.MaxValue)]
    public void A_length_that_no_node_writes_is_an_error(int length)
    {
        var buffer = new ReadOnlySequence<byte>(BitConverter.GetBytes(length));

        Assert.Throws<InvalidDataException>(() => FrameReader.TryTake(ref buffer, Most, out _));
    }

    [Fact]
    public async Task What_waits_has_a_limit_and_finds_room_again_when_it_was_written()
    {
        var outbox = new Outbox();
        var message = ByteString.CopyFrom(new byte[Most]);
        var taken = 0;
        while (outbox.TryAdd(message))
            taken++;
        Assert.InRange((long)taken * Most, Outbox.Room - Most, Outbox.Room + Most);

        var writing = outbox.WriteToAsync(PipeWriter.Create(Stream.Null));
        while (!outbox.TryAdd(message))
            await Task.Yield();
        outbox.Close();
        await writing;
        Assert.False(outbox.TryAdd(message));
    }

    private sealed class ShortReads(byte[] bytes, int cut) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(cut, buffer.Length)], cancellationToken);
    }
}
