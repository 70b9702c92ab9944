using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Rereading;
using Signaling.Tests.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Rereading;

public sealed class RereadFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_fault_is_told_once_and_what_was_read_before_stays()
    {
        var path = _folder.Write("file", "one");
        var file = new RereadFiles<string>(new NamedFile("key", path), Read);
        Assert.False(file.Reread(out _));

        _folder.Write("file", "");
        Assert.False(file.Reread(out var fault));
        Assert.Equal($"key is {path}, which is empty; write a word into it.", fault);
        Assert.False(file.Reread(out fault));
        Assert.Null(fault);
        Assert.Equal("one", file.Value);

        _folder.Write("file", "one");
        Assert.False(file.Reread(out _));
        _folder.Write("file", "two");
        Assert.True(file.Reread(out _));
        Assert.Equal("two", file.Value);
        _folder.Write("file", "");
        Assert.False(file.Reread(out fault));
        Assert.NotNull(fault);
    }

    [Fact]
    public void What_is_wrong_with_several_is_told_when_it_still_is_the_next_time()
    {
        NamedFile[] files = [new("a", _folder.Write("a", "1")), new("b", _folder.Write("b", "1"))];
        var pair = new RereadFiles<string>(files, texts => string.Equals(texts[0], texts[1], StringComparison.Ordinal) ? texts[0] : throw files[0].Refuse("is not that of b"));

        _folder.Write("a", "2");
        Assert.False(pair.Reread(out var fault));
        Assert.Null(fault);
        _folder.Write("b", "2");
        Assert.True(pair.Reread(out fault));
        Assert.Null(fault);
        Assert.Equal("2", pair.Value);

        _folder.Write("a", "3");
        Assert.False(pair.Reread(out fault));
        Assert.Null(fault);
        Assert.False(pair.Reread(out fault));
        Assert.Equal($"a is {files[0].Path}, which is not that of b.", fault);
        Assert.False(pair.Reread(out fault));
        Assert.Null(fault);
        Assert.Equal("2", pair.Value);
    }

    [Fact]
    public async Task The_log_says_what_is_read_again_and_what_can_not_be()
    {
        using var log = new RecordingLog();
        var time = new FakeTimeProvider();
        var path = _folder.Write("token", "one");
        var counted = new ConcurrentQueue<string>();
        await using var node = await TestNode.StartAsync(
            options => options.Tokens.AdminTokenFile = path,
            build: builder =>
            {
                builder.Logging.AddProvider(log).AddFilter("Signaling", LogLevel.Information);
                builder.Services.AddSingleton<TimeProvider>(time);
            });

        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "signaling.files.reread" && instrument.Meter.Scope == node.Services.GetRequiredService<IMeterFactory>())
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.Enqueue($"{value} {tags[0].Value}"));
        listener.Start();

        _folder.Write("token", "");
        await ExpectAsync($"signaling.tokens.adminTokenFile is {path}, which is empty; write the admin token into it. What it held before goes on.");
        _folder.Write("token", "secret");
        await ExpectAsync($"signaling.tokens.adminTokenFile is {path}, which has changed and is read again.");

        Assert.Equal(["1 Refused", "1 Taken"], counted, StringComparer.Ordinal);
        Assert.All(log.Lines, line => Assert.DoesNotContain("secret", line, StringComparison.Ordinal));

        Task ExpectAsync(string line) => Eventually.BecomesAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return log.Lines.Contains(line, StringComparer.Ordinal);
            },
            isThere => isThere,
            TimeSpan.FromSeconds(20));
    }

    private static string Read(NamedFile file, string text) => SecretFile.Read(file, text, "a word");
}
