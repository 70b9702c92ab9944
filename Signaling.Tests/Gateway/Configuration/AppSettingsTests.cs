using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.Configuration;

public sealed class AppSettingsTests : IDisposable
{
    private const string Apps = """
        "apps": [
          { "name": "CallApp", "path": "/callapp" },
          { "name": "callapp", "path": "/callapp2" },
          { "name": "ConferenceApp", "path": "/conferenceapp", "address_sharing": true },
          { "path": "/nameless" }
        ]
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_name_is_for_all_apps_that_have_it_whatever_its_case()
    {
        _environment["SIGNALING__APPS__CALLAPP__TAKEOVER"] = "sametokenwins";

        var apps = Load("""{ "ConferenceApp": { "mostListeners": 8 }, "/nameless": { "takeover": "newestWins" } }""");

        Assert.Equal(
            [
                ("/callapp", Takeover.SameTokenWins, null),
                ("/callapp2", Takeover.SameTokenWins, null),
                ("/conferenceapp", Takeover.Reject, 8),
                ("/nameless", Takeover.NewestWins, null),
            ],
            apps.Select(app => (app.Path, app.Takeover, app.MostListeners)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_name_that_no_app_has_is_told_with_those_that_there_are() =>
        Assert.Equal(
            $"{Path.Combine(_folder.Path, "config.json")}: signaling.apps.ChatApp is for no app; the apps are called CallApp, ConferenceApp, /nameless.",
            Assert.Throws<StartupException>(() => Load("""{ "ChatApp": { "takeover": "newestWins" } }""")).Message);

    [Fact]
    public void What_has_no_effect_is_a_warning()
    {
        Load("""{ "ConferenceApp": { "takeover": "newestWins" }, "CallApp": { "mostListeners": 8 } }""");

        Assert.Equal(
            [
                "signaling.apps.CallApp.mostListeners has no effect, since the app does not share addresses: each has one listener.",
                "signaling.apps.ConferenceApp.takeover has no effect, since the app shares addresses: nobody has to give way there.",
            ],
            _warnings.Select(warning => warning[(warning.IndexOf(": ", StringComparison.Ordinal) + 2)..]).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    private IReadOnlyList<AppOptions> Load(string settings)
    {
        _folder.Write("config.json", $$"""{ "httpConfig": { "port": 80 }, {{Apps}}, "signaling": { "apps": {{settings}} } }""");
        return new ConfigurationLoader(_environment, _folder.Path, TimeProvider.System).Load(new StartArguments(), _warnings).File.Apps;
    }
}
