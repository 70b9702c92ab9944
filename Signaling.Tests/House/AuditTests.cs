using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signaling.Tests.Gateway;
using Xunit;

namespace Signaling.Tests.House;

/// <summary>What <c>.ci/audit</c> says of packages, by sources that the tests serve.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private const string Package = "Google.Protobuf";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();
    private WebApplication _source = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _source = builder.Build();
        _source.MapGet("/{feed}/index.json", (string feed, HttpRequest request) => Json(
            feed is "silent"
                ? """{"version": "3.0.0", "resources": []}"""
                : $$"""{"version": "3.0.0", "resources": [{"@id": "http://{{request.Host}}/{{feed}}/all.json", "@type": "VulnerabilityInfo/6.7.0"}]}"""));
        _source.MapGet("/{feed}/all.json", (string feed, HttpRequest request) => Json(
            $$"""[{"@name": "base", "@id": "http://{{request.Host}}/{{feed}}/base.json", "@updated": "2026-01-01T00:00:00Z", "comment": ""}]"""));
        _source.MapGet("/known/base.json", () => Json(
            $$"""{"{{Package.ToLowerInvariant()}}": [{"url": "https://advisory.example/1", "severity": 0, "versions": "[3.0.0, )"}]}"""));
        _source.MapGet("/nothing/base.json", () => Json("{}"));
        await _source.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_package_that_is_known_to_be_vulnerable_is_an_error_and_named() => Assert.Equal(
        (1, $"NU1901: Package '{Package}' {Version} has a known low severity vulnerability, https://advisory.example/1"), await AuditAsync("known"));

    [Fact]
    public async Task Where_none_is_known_all_is_well() => Assert.Equal((0, "audited"), await AuditAsync("nothing"));

    [Fact]
    public async Task Where_nobody_tells_of_any_it_says_so_and_that_is_no_error()
    {
        var (code, output) = await AuditAsync("silent");

        Assert.Equal(0, code);
        Assert.StartsWith("NU1905: ", output, StringComparison.Ordinal);
        Assert.EndsWith("\nnot audited", output, StringComparison.Ordinal);
    }

    private static string Version => System.Xml.Linq.XDocument.Parse(SourceFile.Read("Directory.Packages.props")).Descendants("PackageVersion")
        .Single(one => one.Attribute("Include")!.Value is Package).Attribute("Version")!.Value;

    private static IResult Json(string text) => Results.Text(text, "application/json");

    private async Task<(int Code, string Output)> AuditAsync(string feed)
    {
        var project = _folder.Write("audited.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="{Package}" Version="{Version}" /></ItemGroup>
            </Project>
            """);
        using var audit = Process.Start(new ProcessStartInfo(
            Path.Combine(SourceFile.Root, ".ci", "audit"), [project, $"{_source.Urls.Single()}/{feed}/index.json"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        var output = await audit.StandardOutput.ReadToEndAsync(patience.Token);
        await audit.WaitForExitAsync(patience.Token);
        return (audit.ExitCode, output.Trim());
    }
}
