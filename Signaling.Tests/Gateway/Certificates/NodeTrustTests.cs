using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Certificates;
using Xunit;

namespace Signaling.Tests.Gateway.Certificates;

public sealed class NodeTrustTests
{
    private static readonly string[] Names = ["node-1.example", "10.0.0.1", "*.nodes.example", "fd00::1"];

    private readonly TestAuthority _ca = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Theory]
    [InlineData("node-1.example")]
    [InlineData("NODE-1.Example")]
    [InlineData("10.0.0.1")]
    [InlineData("fd00::1")]
    [InlineData("a.nodes.example")]
    [InlineData("a.Nodes.EXAMPLE")]
    [InlineData("*.nodes.example")]
    [InlineData("*.example")]
    public void Who_comes_in_by_an_allowed_name_is_let_in(string name) =>
        Assert.Null(Trust().OfClient(_ca.Issue([name]), []));

    [Theory]
    [InlineData("node-2.example")]
    [InlineData("10.0.0.2")]
    [InlineData("fd00::2")]
    [InlineData("nodes.example")]
    [InlineData("a.b.nodes.example")]
    [InlineData("evilnodes.example")]
    [InlineData("a.nodes.example.evil")]
    [InlineData("*.b.nodes.example")]
    public void Who_comes_in_by_another_name_is_not(string name)
    {
        var fault = Trust().OfClient(_ca.Issue([name]), []);

        Assert.Equal($"is for {name}, and for none of signaling.node.tls.names (node-1.example, 10.0.0.1, *.nodes.example, fd00::1)", fault?.What);
    }

    [Fact]
    public void One_allowed_name_among_others_is_enough() =>
        Assert.Null(Trust().OfClient(_ca.Issue(["x", "y", "a.nodes.example"]), []));

    [Theory]
    [InlineData("node-7.example", "node-7.example", true)]
    [InlineData("node-7.example", "NODE-7.example", true)]
    [InlineData("*.example", "node-7.example", true)]
    [InlineData("10.0.0.7", "10.0.0.7", true)]
    [InlineData("fd00::7", "[fd00::7]", true)]
    [InlineData("node-8.example", "node-7.example", false)]
    [InlineData("*.example", "a.b.example", false)]
    [InlineData("10.0.0.8", "10.0.0.7", false)]
    public void Who_is_dialled_must_have_a_certificate_for_the_host_that_was_dialled(string name, string host, bool isRight)
    {
        var fault = Trust().OfServer(_ca.Issue([name]), [], host);

        Assert.Equal(isRight ? null : $"is for {name}, and not for {host}, the name it is reached under", fault?.What);
    }

    [Fact]
    public void A_name_in_the_subject_does_not_count()
    {
        var certificate = _ca.Issue([]); // its subject is CN=node

        Assert.Equal("is for no host at all, and not for node, the name it is reached under", Trust().OfServer(certificate, [], "node")?.What);
        Assert.StartsWith("is for no host at all", new NodeTrust([_ca.Certificate], ["node"], _time).OfClient(certificate, [])?.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_comes_in_without_a_certificate() =>
        Assert.Equal("is missing: it has shown none", Trust().OfClient(null, [])?.What);

    [Fact]
    public void Another_CA_is_told_even_where_it_has_the_name_of_the_right_one()
    {
        Assert.Equal(
            "is signed by \"CN=Test CA\", which leads to no CA of signaling.node.tls.caFile",
            Trust().OfClient(new TestAuthority().Issue(["node-1.example"]), [])?.What);
        Assert.Contains("leads to no CA", Trust().OfServer(new TestAuthority("Other").Issue(["n"]), [], "n")?.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_CA_that_the_peer_brings_along_does_not_count()
    {
        var other = new TestAuthority("Other");

        Assert.Contains("leads to no CA", Trust().OfClient(other.Issue(["node-1.example"]), [other.Certificate])?.What, StringComparison.Ordinal);
    }

    [Fact]
    public void While_the_CA_changes_both_are_trusted()
    {
        var next = new TestAuthority("Next");
        var trust = new NodeTrust([_ca.Certificate, next.Certificate], Names, _time);

        Assert.Null(trust.OfClient(_ca.Issue(["node-1.example"]), []));
        Assert.Null(trust.OfClient(next.Issue(["node-1.example"]), []));
    }

    [Fact]
    public void What_is_between_a_certificate_and_its_root_comes_with_it_or_is_among_the_CAs()
    {
        var between = _ca.IssueCa("Between");
        var certificate = between.Issue(["node-1.example"]);

        Assert.Contains("leads to no CA", Trust().OfClient(certificate, [])?.What, StringComparison.Ordinal);
        Assert.Null(Trust().OfClient(certificate, [between.Certificate]));
        Assert.Null(new NodeTrust([_ca.Certificate, between.Certificate], Names, _time).OfClient(certificate, []));
    }

    [Fact]
    public void A_certificate_holds_for_its_time_only()
    {
        var end = DateTimeOffset.UtcNow.AddDays(20);
        var certificate = _ca.Issue(["node-1.example"], notBefore: DateTimeOffset.UtcNow.AddDays(10), notAfter: end);

        Assert.Contains(" on only", Trust().OfClient(certificate, [])?.What, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromDays(15));
        Assert.Null(Trust().OfClient(certificate, []));
        _time.Advance(TimeSpan.FromDays(6));
        Assert.Equal($"ran out on {end.UtcDateTime:yyyy-MM-dd}", Trust().OfClient(certificate, [])?.What);
    }

    [Fact]
    public void A_CA_that_ran_out_is_told()
    {
        var end = DateTimeOffset.UtcNow.AddDays(5);
        var ca = new TestAuthority("Old", end);
        var certificate = ca.Issue(["node-1.example"]);
        _time.Advance(TimeSpan.FromDays(6));

        Assert.Equal(
            $"is signed by \"CN=Old\", whose own certificate ran out on {end.UtcDateTime:yyyy-MM-dd}",
            new NodeTrust([ca.Certificate], Names, _time).OfClient(certificate, [])?.What);
    }

    [Fact]
    public void Each_side_needs_its_usage()
    {
        Assert.Equal("lacks the extended key usage clientAuth", Trust().OfClient(_ca.Issue(["node-1.example"], TestAuthority.ServerOnly), [])?.What);
        Assert.Equal("lacks the extended key usage serverAuth", Trust().OfServer(_ca.Issue(["n"], TestAuthority.ClientOnly), [], "n")?.What);
        Assert.Null(Trust().OfClient(_ca.Issue(["node-1.example"], TestAuthority.ClientOnly), []));
    }

    private NodeTrust Trust() => new(new X509Certificate2Collection(_ca.Certificate), Names, _time);
}
