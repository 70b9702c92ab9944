using Xunit;

namespace Signaling.Tests.Faults;

/// <summary>What came of calls to addresses whose holders stayed.</summary>
/// <param name="Tries">How many there were.</param>
/// <param name="Failed">How many were answered with 7.</param>
/// <param name="Broken">How many failed in any other way.</param>
/// <param name="Late">How many were not answered in time.</param>
/// <param name="LongestAnswer">The longest until an answer.</param>
/// <param name="AddressesAgain">How many addresses can be called again.</param>
/// <param name="CallsAgain">How long it took until the last of these could.</param>
internal sealed record AddressCallReport(
    int Tries, int Failed, int Broken, int Late, TimeSpan LongestAnswer, int AddressesAgain, TimeSpan CallsAgain)
{
    public (string Name, object Value)[] Figures =>
    [
        ("address_calls", Tries), ("answered_7", Failed), ("broken", Broken), ("late", Late), ("longest_answer", LongestAnswer),
        ("addresses_again", AddressesAgain), ("calls_again", CallsAgain),
    ];

    /// <summary>All was answered in time, with 6 or 7, and each address works again soon.</summary>
    /// <param name="addresses">How many there are.</param>
    public void AssertKept(int addresses)
    {
        Assert.Equal((0, 0, addresses), (Broken, Late, AddressesAgain));
        Assert.InRange(CallsAgain, TimeSpan.Zero, Promises.CallsAgain * Promises.Slack);
    }
}
