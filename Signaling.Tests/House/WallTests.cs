using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Signaling.Tests.House;

/// <summary>The walls of the house: who may know whom.</summary>
public sealed class WallTests
{
    // Files that carry out what plain types decide; all others of their rooms are plain.
    private static readonly string[] Shells =
    [
        "Connections/ConnectionActor.cs", "Connections/ConnectionStarter.cs", "Connections/PeerQuestions.cs",
        "Addresses/AddressActor.cs", "Addresses/AddressExtractor.cs",
        "Dispatch/Chain.cs", "Dispatch/ChainDispatcher.cs",
        "Dispatch/LeanMailbox.cs", "Dispatch/LeanMessageQueue.cs", "Dispatch/LeanProps.cs",
        "Nodes/NodeActor.cs", "Nodes/NodePost.cs", "Nodes/Lane.cs", "Nodes/LaneEnd.cs", "Nodes/NodeLease.cs", "Nodes/NodeQuestions.cs",
        "Nodes/ClusterSnapshot.cs", "Nodes/DeskActor.cs", "Nodes/DeskQuestions.cs",
    ];

    private static readonly string[] Clocks = ["DateTime", "DateTimeOffset", "Stopwatch", "TickCount", "TickCount64", "TimeProvider", "Timer", "Random", "Guid"];

    private static readonly Regex NamespaceOrUsing =
        new("^(namespace|using) .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    public static TheoryData<string, string[]> Rooms { get; } = new()
    {
        { "Protocol", [] },
        { "Dispatch", [] },
        { "Messages", ["Protocol"] },
        { "Links", ["Protocol", "Messages"] },
        { "Connections", ["Protocol", "Dispatch", "Messages", "Links"] },
        { "Addresses", ["Protocol", "Dispatch", "Messages", "Links"] },
        { "Nodes", ["Protocol", "Dispatch", "Messages", "Links"] },
        { "Hosting", ["Protocol", "Dispatch", "Messages", "Links", "Connections", "Addresses", "Nodes"] },
    };

    [Fact]
    public void Every_file_of_the_actors_is_in_a_room() =>
        Assert.All(FilesOfActors(), file => Assert.Contains(file.Room, NamesOfRooms, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_those_below_it(string room, string[] below)
    {
        string[] closed = [.. NamesOfRooms.Except([room, .. below], StringComparer.Ordinal)];
        var files = FilesOfActors().Where(file => string.Equals(file.Room, room, StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(closed, other => Names(file, other)));
    }

    [Fact]
    public void The_actors_know_neither_gateway_nor_ASP_NET()
    {
        Assert.All(FilesOfActors(), file => Assert.DoesNotMatch(@"\b(Signaling\.Gateway|Microsoft\.AspNetCore)\b", file.Code));
        Assert.DoesNotMatch("ProjectReference|FrameworkReference|Sdk.Web", SourceFile.Read("Signaling.Actors/Signaling.Actors.csproj"));
    }

    [Fact]
    public void The_gateway_knows_the_actors_and_for_its_own_calls_the_client() =>
        Assert.Equal(["../Signaling.Actors/Signaling.Actors.csproj", "../Signaling.Client/Signaling.Client.csproj"], ReferencesOf("Signaling.Gateway/Signaling.Gateway.csproj"));

    [Theory]
    [InlineData("Signaling.Client/Signaling.Client.csproj", "../Signaling.Actors/Signaling.Actors.csproj")]
    [InlineData("bench/load/Signaling.Load.csproj", "../../Signaling.Client/Signaling.Client.csproj")]
    public void What_plays_peers_knows_nothing_of_the_gateway(string project, string known) => Assert.Equal([known], ReferencesOf(project));

    [Fact]
    public void The_client_knows_of_the_actors_the_protocol_alone() =>
        Assert.All(
            SourceFile.All.Where(file => file.Namespace.StartsWith("Signaling.Client", StringComparison.Ordinal) || file.Namespace.StartsWith("Signaling.Load", StringComparison.Ordinal)),
            file => Assert.DoesNotMatch(@"\b(Akka|Signaling\.Actors\.(?!Protocol\b))", file.Code));

    [Fact]
    public void Plain_types_know_neither_Akka_nor_a_clock_nor_chance()
    {
        var plain = FilesOfActors().Where(IsPlain).ToArray();

        Assert.Superset(
            new HashSet<string>(["ConnectionState.cs", "AddressState.cs", "NodeState.cs", "FramePieces.cs", "Frame.cs"], StringComparer.Ordinal),
            new HashSet<string>(plain.Select(file => file.Name), StringComparer.Ordinal));
        Assert.All(plain, file => Assert.DoesNotMatch(@"\b(Akka|Microsoft)\.", file.Code));
        Assert.All(plain, file => Assert.DoesNotMatch($@"\b({string.Join('|', Clocks)})\b", file.Code));
    }

    [Fact]
    public void Every_shell_is_still_there() =>
        Assert.Subset(
            new HashSet<string>(FilesOfActors().Select(file => file.Path), StringComparer.Ordinal),
            new HashSet<string>(Shells.Select(shell => "Signaling.Actors/" + shell), StringComparer.Ordinal));

    private static string[] ReferencesOf(string project) =>
        [.. XDocument.Parse(SourceFile.Read(project)).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value)];

    private static string[] NamesOfRooms => [.. Rooms.Select(room => (string)room[0])];

    private static IEnumerable<SourceFile> FilesOfActors() =>
        SourceFile.All.Where(file => file.Path.StartsWith("Signaling.Actors/", StringComparison.Ordinal));

    private static bool IsPlain(SourceFile file) =>
        file.Room is "Protocol" or "Links" or "Connections" or "Addresses" or "Nodes"
        && !Shells.Contains(file.Path["Signaling.Actors/".Length..], StringComparer.Ordinal);

    // By an import, or by a part of a namespace.
    private static bool Names(SourceFile file, string room) =>
        file.Imports.Any(import => import.Split('.').Contains(room, StringComparer.Ordinal))
        || Regex.IsMatch(NamespaceOrUsing.Replace(file.Code, ""), $@"\b{room}\.[A-Z]", RegexOptions.None, TimeSpan.FromSeconds(10));
}
