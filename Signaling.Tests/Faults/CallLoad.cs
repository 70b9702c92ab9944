using System.Collections.Concurrent;
using Xunit;

namespace Signaling.Tests.Faults;

/// <summary>New calls, one after the other on several lanes, each of which gets a second try where its first has failed.</summary>
internal sealed class CallLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BeforeSecondTry = TimeSpan.FromSeconds(1);
    private static int _numbers;

    private readonly Func<int, (Uri Host, Uri Guest)> _seats;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<(CallOutcome First, CallOutcome? Second, TimeSpan Answer)> _calls = [];
    private readonly Task _lanes;

    private CallLoad(Func<int, (Uri Host, Uri Guest)> seats, int lanes)
    {
        _seats = seats;
        _lanes = Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => CallAsync()));
    }

    public int Calls => _calls.Count;

    public int FirstTriesFailed => _calls.Count(call => call.First != CallOutcome.Worked);

    public int SecondTriesFailed => _calls.Count(call => call.Second is { } second && second != CallOutcome.Worked);

    /// <summary>The longest until a request was answered.</summary>
    public TimeSpan LongestAnswer => _calls.Select(call => call.Answer).DefaultIfEmpty().Max();

    public (string Name, object Value)[] Figures =>
    [
        ("calls", Calls), ("first_tries_failed", FirstTriesFailed), ("second_tries_failed", SecondTriesFailed),
        ("failures", string.Join(',', _calls.SelectMany(call => new[] { call.First, call.Second ?? CallOutcome.Worked })
            .Where(outcome => outcome != CallOutcome.Worked).CountBy(outcome => outcome).Select(kind => $"{kind.Key}:{kind.Value}"))),
        ("longest_answer", LongestAnswer),
    ];

    /// <summary>Begins to call.</summary>
    /// <param name="seats">Where the two of a call connect, by its number.</param>
    /// <param name="lanes">How many calls go on at once.</param>
    public static CallLoad Start(Func<int, (Uri Host, Uri Guest)> seats, int lanes = 4) => new(seats, lanes);

    /// <summary>Begins to call, both ends by one entrance.</summary>
    public static CallLoad Start(Uri entrance, int lanes = 4) => new(_ => (entrance, entrance), lanes);

    /// <summary>Ends when the calls that are going on have ended.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _lanes;
    }

    /// <summary>Every call worked by its second try.</summary>
    public void AssertAllWorked()
    {
        Assert.True(Calls > 0, "No call was made.");
        Assert.Equal(0, SecondTriesFailed);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task CallAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var (first, answer) = await TryAsync();
            CallOutcome? second = null;
            if (first != CallOutcome.Worked)
            {
                await Task.Delay(BeforeSecondTry);
                (second, var again) = await TryAsync();
                answer = again > answer ? again : answer;
            }

            _calls.Add((first, second, answer));
            await Task.WhenAny(Task.Delay(Pause, _stop.Token));
        }
    }

    private Task<(CallOutcome Outcome, TimeSpan Answer)> TryAsync()
    {
        var number = Interlocked.Increment(ref _numbers);
        var (host, guest) = _seats(number);
        return Call.MakeAsync(host, guest, $"call {number}");
    }
}
