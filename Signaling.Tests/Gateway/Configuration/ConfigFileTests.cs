using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.Configuration;

public sealed class ConfigFileTests
{
    private const string Http = "\"httpConfig\": {\"port\": 80}";
    private const string Https = "\"httpsConfig\": {\"port\": 443, \"ssl_key_file\": \"k\", \"ssl_cert_file\": \"c\"}";

    private readonly List<string> _warnings = [];

    [Fact]
    public void The_originals_own_file_is_read()
    {
        var file = Read("""
            {
              "log_verbose": true,
              "adminToken" : null,
              "httpConfig": { "port": 12776, "host": "::" },
              "httpsConfig": { "port": 12777, "host": "::", "ssl_key_file": "ssl.key", "ssl_cert_file": "ssl.crt" },
              "maxPayload": 1048576,
              "apps": [
                { "name": "CallApp", "path": "/callapp" },
                { "name": "ConferenceApp", "path": "/conferenceapp", "address_sharing": true }
              ]
            }
            """);

        Assert.True(file.LogVerbose);
        Assert.Null(file.AdminToken);
        Assert.Equal(new EndpointConfig("config.json: httpConfig", "config.json: httpConfig.port", 12776, "::"), file.Http);
        Assert.Equal(
            new SecureEndpointConfig(
                new EndpointConfig("config.json: httpsConfig", "config.json: httpsConfig.port", 12777, "::"), "ssl.key", "ssl.crt"),
            file.Https);
        Assert.Equal(1048576, file.MaxPayload);
        Assert.Equal(
            [("CallApp", "/callapp", false), ("ConferenceApp", "/conferenceapp", true)],
            file.Apps.Select(app => (app.Name, app.Path, app.AddressSharing)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_byte_order_mark_is_dropped() => Assert.NotNull(Read($"\uFEFF{{{Http}, \"apps\": [{{\"path\": \"/\"}}]}}").Http);

    [Theory]
    [InlineData("", true)]
    [InlineData("\"log_verbose\": true,", true)]
    [InlineData("\"log_verbose\": \"1\",", true)]
    [InlineData("\"log_verbose\": false,", false)]
    [InlineData("\"log_verbose\": null,", false)]
    [InlineData("\"log_verbose\": \"true\",", false)]
    [InlineData("\"log_verbose\": true, \"log_verbose\": false,", false)]
    [InlineData("\"LOG_VERBOSE\": false,", true)]
    public void Verbose_is_what_the_original_takes_for_it(string keys, bool expected) =>
        Assert.Equal(expected, ReadWith(keys).LogVerbose);

    [Theory]
    [InlineData("", null)]
    [InlineData("\"adminToken\": \"\",", null)]
    [InlineData("\"adminToken\": false,", null)]
    [InlineData("\"adminToken\": 5,", null)]
    [InlineData("\"adminToken\": \"secret\",", "secret")]
    public void The_admin_token_is_a_text_that_is_not_empty(string keys, string? expected) =>
        Assert.Equal(expected, ReadWith(keys).AdminToken);

    [Theory]
    [InlineData("", null)] // as the mode has it
    [InlineData("\"maxPayload\": 0,", 0L)]
    [InlineData("\"maxPayload\": null,", 0L)]
    [InlineData("\"maxPayload\": -5,", 0L)]
    [InlineData("\"maxPayload\": 1000.9,", 1000L)]
    [InlineData("\"maxPayload\": \"2048\",", 2048L)]
    [InlineData("\"maxPayload\": \"1MB\",", 0L)]
    [InlineData("\"maxPayload\": 1e12,", (long)int.MaxValue)]
    public void The_payload_limit_is_a_number_of_bytes(string keys, long? expected) =>
        Assert.Equal(expected, ReadWith(keys).MaxPayload);

    [Theory]
    [InlineData("80", 80)]
    [InlineData("\"80\"", 80)]
    [InlineData("\" 0x50 \"", 80)]
    [InlineData("65535", 65535)]
    [InlineData("0", 0)]
    [InlineData("null", 0)]
    public void A_port_is_a_number_or_a_text_of_one(string port, int expected) =>
        Assert.Equal(expected, Read($"{{\"httpConfig\": {{\"port\": {port}}}, \"apps\": []}}").Http!.Port);

    [Theory]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("0")]
    [InlineData("\"\"")]
    public void An_endpoint_that_is_falsy_is_off(string value)
    {
        Assert.Null(Read($"{{\"httpsConfig\": {value}, {Http}, \"apps\": []}}").Https);
        Assert.Null(Read($"{{\"httpConfig\": {value}, {Https}, \"apps\": []}}").Http);
    }

    [Fact]
    public void A_path_that_is_repeated_counts_the_last_time()
    {
        var file = Read($$"""{{{Http}}, "apps": [{"path": "/a", "name": "1"}, {"path": "/b"}, {"path": "/a", "address_sharing": "no"}]}""");

        Assert.Equal(
            [("/a", "/a", true), ("/b", "/b", false)],
            file.Apps.Select(app => (app.Path, app.Name, app.AddressSharing)));
        Assert.Equal(["config.json: apps[2] repeats the path \"/a\" and takes the place of the app before it."], _warnings);
    }

    [Fact]
    public void The_port_variable_takes_the_place_of_the_port()
    {
        var http = Read($"{{\"httpConfig\": {{\"port\": \"not read\"}}, \"apps\": []}}", new PortVariable("PORT", "8080")).Http!;

        Assert.Equal((8080, "the environment variable PORT"), (http.Port, http.PortOrigin));
    }

    [Fact]
    public void With_the_port_variable_and_both_endpoints_only_http_starts()
    {
        var file = Read($$"""{{{Http}}, {{Https}}, "apps": [{"path": "/"}]}""", new PortVariable("port", "8080"));

        Assert.NotNull(file.Http);
        Assert.Null(file.Https);
        Assert.Equal(
            ["config.json: httpsConfig is left out: the environment variable port sets one port, which http takes; remove " +
             "httpConfig to have https on it, or unset port to have both."],
            _warnings);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("http")]
    public void A_port_variable_that_is_no_port_is_told(string value)
    {
        var error = Assert.Throws<StartupException>(
            () => Read($"{{{Http}, \"apps\": []}}", new PortVariable("PORT", value)));

        Assert.Equal(
            $"The environment variable PORT is \"{value}\"; allowed is a number from 1 to 65535. Correct it, or unset it to use " +
            "the ports of the configuration.",
            error.Message);
    }

    [Theory]
    [InlineData("port", "1", "PORT", "2", "port")]
    [InlineData("port", "", "PORT", "2", "PORT")]
    [InlineData("other", "1", "PORT", "2", "PORT")]
    [InlineData("other", "1", "PORT", "", null)]
    public void The_lower_case_variable_wins(string one, string oneValue, string two, string twoValue, string? expected)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { [one] = oneValue, [two] = twoValue };

        Assert.Equal(expected, PortVariable.Of(environment)?.Name);
    }

    [Theory]
    [InlineData("{\"apps\": [}", "line 1, column 11: this is not JSON: '}' is an invalid start of a value.")]
    [InlineData("{\n  \"é\": 1,\n  \"ü\": // no\n}", "line 3, column 8: this is not JSON: '/' is invalid after a value. Expected either ',', '}', or ']'.")]
    [InlineData("{\"a\": 1,}", "line 1, column 9: this is not JSON: The JSON object contains a trailing comma at the end which is not supported in this mode. Change the reader options.")]
    [InlineData("", "line 1, column 1: this is not JSON: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true.")]
    public void What_is_not_json_is_told_with_its_place(string text, string message) =>
        AssertRefused(text, $"config.json, {message}");

    [Theory]
    [InlineData("[]", "the whole is a list; it must be an object, such as {\"httpConfig\": {\"port\": 12776}, \"apps\": []}.")]
    [InlineData("{\"apps\": []}", "neither httpConfig nor httpsConfig is set, so there is nothing to listen on; add one, such as \"httpConfig\": {\"port\": 12776}.")]
    [InlineData("{\"httpConfig\": {}}", "apps is missing; it must be a list, such as [{\"name\": \"CallApp\", \"path\": \"/callapp\"}].")]
    [InlineData("{\"httpConfig\": {}, \"apps\": {}}", "apps is an object; it must be a list, such as [{\"name\": \"CallApp\", \"path\": \"/callapp\"}].")]
    [InlineData("{\"httpConfig\": {}, \"apps\": [null]}", "apps[0] is null; it must be an object with a path.")]
    [InlineData("{\"httpConfig\": {\"port\": 65536}}", "httpConfig.port is 65536; allowed is a whole number from 0 to 65535.")]
    [InlineData("{\"httpConfig\": {\"port\": 80.5}}", "httpConfig.port is 80.5; allowed is a whole number from 0 to 65535.")]
    [InlineData("{\"httpConfig\": {\"port\": \"\"}}", "httpConfig.port is \"\"; allowed is a whole number from 0 to 65535.")]
    [InlineData("{\"httpsConfig\": {\"port\": true}}", "httpsConfig.port is true; allowed is a whole number from 0 to 65535.")]
    [InlineData("{\"httpConfig\": {\"host\": 5}}", "httpConfig.host is 5; it must be a text: an address or a name of this machine, such as \"0.0.0.0\".")]
    [InlineData("{\"a\": \"\\ud800\"}", "a text holds half of a surrogate pair (\\uD800 to \\uDFFF); write the whole character.")]
    public void What_the_original_fails_on_is_told_with_key_value_and_remedy(string text, string message) =>
        AssertRefused(text, $"config.json: {message}");

    [Theory]
    [InlineData("\"ports\": 1,", "ports is not a key of this program and is ignored.")]
    [InlineData("\"Signaling\": {},", "Signaling is not a key of this program and is ignored; perhaps signaling is meant.")]
    [InlineData("\"adminToken\": 5,", "adminToken is not a text, so every peer is let in; write it in quotes to ask for tokens.")]
    [InlineData("\"maxPayload\": \"1MB\",", "maxPayload is \"1MB\", not a number of bytes, so messages of any size are let in.")]
    [InlineData("\"httpsConfig\": {\"cert\": 1},", "httpsConfig.cert is not a key of this program and is ignored.")]
    public void What_can_hardly_be_meant_is_a_warning(string keys, string warning)
    {
        ReadWith(keys);

        Assert.Equal([$"config.json: {warning}"], _warnings);
    }

    [Theory]
    [InlineData("[]", "apps names no app, so every peer is turned away.")]
    [InlineData("[{\"path\": \"/\"}, {\"name\": \"x\"}]", "apps[1] has no path that begins with \"/\", so no peer can reach it.")]
    [InlineData("[{\"path\": \"/\", \"shared\": 1}]", "apps[0].shared is not a key of this program and is ignored.")]
    public void What_can_hardly_be_meant_of_apps_is_a_warning(string apps, string warning)
    {
        Read($"{{{Http}, \"apps\": {apps}}}");

        Assert.Equal([$"config.json: {warning}"], _warnings);
    }

    private ConfigFile ReadWith(string keys) => Read($$"""{{{keys}} {{Http}}, "apps": [{"path": "/"}]}""");

    private ConfigFile Read(string text, PortVariable? port = null) => ConfigFile.Read(text, "config.json", port, _warnings);

    private void AssertRefused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StartupException>(() => Read(text)).Message);
}
