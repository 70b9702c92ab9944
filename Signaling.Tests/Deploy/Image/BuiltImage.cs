using System.Runtime.Versioning;
using System.Text.Json;
using Signaling.Tests.House;
using Xunit;

namespace Signaling.Tests.Deploy.Image;

/// <summary>The image that the repository's Dockerfile makes, all its stages built, on images that stand in for Microsoft's.</summary>
[SupportedOSPlatform("linux")]
public sealed class BuiltImage : IAsyncLifetime
{
    /// <summary>The tests that share it.</summary>
    public const string Collection = "built image";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly Buildah _buildah = new();
    private string _runtime = "";
    private string _sdk = "";

    /// <summary>What it says of itself.</summary>
    internal ImageConfig Config { get; private set; } = null!;

    /// <summary>The folder with all its files.</summary>
    public string Root { get; private set; } = "";

    public async Task InitializeAsync()
    {
        try
        {
            _runtime = await StandIns.RuntimeAsync(_buildah);
            _sdk = await StandIns.SdkAsync(_buildah);
            const string Image = "localhost/signaling";
            await BuildAsync(Image, StandIns.Architecture);
            Root = await _buildah.UnpackAsync(Image);
            Config = await InspectAsync(Image);
        }
        catch
        {
            await DisposeAsync(); // nobody else does where this fails
            throw;
        }
    }

    /// <summary>Builds the stage that compiles, for a processor that this machine need not have.</summary>
    /// <returns>The folder with the program.</returns>
    public async Task<string> CompileForAsync(string architecture)
    {
        var image = $"localhost/compiled-{architecture}";
        await BuildAsync(image, architecture, "--target", "build");
        return Path.Combine(await _buildah.UnpackAsync(image), "program");
    }

    public async Task DisposeAsync() => await _buildah.DisposeAsync();

    // BuildKit sets the two arguments for the platforms by itself, this builder does not.
    private Task BuildAsync(string image, string architecture, params string[] options) => _buildah.RunAsync(
        Patience,
        [
            "bud", "--isolation", "chroot", "--format", "docker", "--pull-never", .. options,
            .. StandIns.BuildMounts.SelectMany(mount => (string[])["--volume", mount]),
            "--build-arg", $"BUILDPLATFORM=linux/{StandIns.Architecture}", "--build-arg", $"TARGETARCH={architecture}",
            "--build-arg", $"SDK_IMAGE={_sdk}", "--build-arg", $"RUNTIME_IMAGE={_runtime}", "--build-arg", "REVISION=of-the-test",
            "--file", Path.Combine(SourceFile.Root, Dockerfile.Path), "--tag", image, SourceFile.Root,
        ]);

    private async Task<ImageConfig> InspectAsync(string image)
    {
        using var json = JsonDocument.Parse(await _buildah.RunAsync("inspect", "--type", "image", image));
        return ImageConfig.Read(json.RootElement.GetProperty("Docker"));
    }
}

[CollectionDefinition(BuiltImage.Collection)]
[SupportedOSPlatform("linux")]
public sealed class BuiltImageCollection : ICollectionFixture<BuiltImage>;
