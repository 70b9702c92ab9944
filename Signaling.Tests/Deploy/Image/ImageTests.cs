using System.Reflection.PortableExecutable;
using System.Runtime.Versioning;
using Signaling.Tests.House;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Deploy.Image;

/// <summary>The image as it is built, and as it runs.</summary>
[Collection(BuiltImage.Collection)]
[SupportedOSPlatform("linux")]
public sealed class ImageTests(BuiltImage image)
{
    [Fact]
    public void It_tells_an_engine_how_to_run_it()
    {
        var config = image.Config;

        Assert.Equal("/app/Signaling.Gateway", Assert.Single(config.Entrypoint));
        Assert.Empty(config.Command);
        Assert.Equal("/app/Signaling.Gateway health live", string.Join(' ', config.HealthCheck));
        Assert.Equal(("1654", "/app", "SIGTERM"), (config.User, config.WorkingDirectory, config.StopSignal));
        Assert.Equal("4053/tcp 8080/tcp 8443/tcp 9000/tcp", string.Join(' ', config.Ports));
        Assert.Equal(
            ("of-the-test", "localhost/runtime"),
            (config.Labels["org.opencontainers.image.revision"], config.Labels["org.opencontainers.image.base.name"]));
    }

    [Fact]
    public async Task It_serves_a_call_and_a_demo_page_without_any_configuration()
    {
        await using var container = await StartAsync();
        using var client = new HttpClient();

        await using var call = await Call.OpenAsync(new Uri(container.WebSocket, "/callapp"), new Uri(container.WebSocket, "/callapp"), "room");
        await call.TalkAsync();
        await call.EndAsync();

        Assert.Contains("<html", await client.GetStringAsync(new Uri(container.Http, "/demo/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_without_rights_on_a_root_that_can_not_be_written()
    {
        await using var container = await StartAsync();

        Assert.EndsWith("\t1", await container.StatusAsync("NSpid"), StringComparison.Ordinal);
        Assert.Equal("1654\t1654\t1654\t1654", await container.StatusAsync("Uid"));
        Assert.Equal(("1654\t1654\t1654\t1654", ""), (await container.StatusAsync("Gid"), await container.StatusAsync("Groups")));
        Assert.Equal(("0000000000000000", "0000000000000000"), (await container.StatusAsync("CapEff"), await container.StatusAsync("CapPrm")));
        Assert.Equal("1", await container.StatusAsync("NoNewPrivs"));
        var mounts = (await File.ReadAllLinesAsync($"/proc/{container.Id}/mounts")).Select(line => line.Split(' ')).ToArray();
        Assert.StartsWith("ro,", mounts.Last(mount => mount[1] is "/")[3], StringComparison.Ordinal);
        Assert.All(mounts, mount => Assert.True(mount[1] is "/" or "/proc" || mount[1].StartsWith("/dev/", StringComparison.Ordinal), $"There is more to write to: {string.Join(' ', mount)}"));
    }

    [Fact]
    public async Task Its_health_check_succeeds_in_it()
    {
        await using var container = await StartAsync();

        Assert.Equal((0, "healthy\n", ""), await container.ExecuteAsync(image.Config.HealthCheck));
        Assert.Equal((0, "healthy\n", ""), await container.ExecuteAsync("/app/Signaling.Gateway", "health", "ready"));
    }

    [Fact]
    public async Task Its_stop_signal_reaches_the_program_which_drains_and_ends_well()
    {
        await using var container = await StartAsync(("SIGNALING__DRAIN__TIME", "00:00:02"));
        await using var call = await Call.OpenAsync(new Uri(container.WebSocket, "/callapp"), new Uri(container.WebSocket, "/callapp"), "room");

        await container.StopAsync();
        await container.WaitForLineAsync("takes no new sockets");
        await call.TalkAsync();

        Assert.Equal((1001, "Server stops"), await call.Listener.ExpectCloseAsync());
        Assert.Equal((1001, "Server stops"), await call.Guest.ExpectCloseAsync());
        await call.Listener.CloseAsync();
        await call.Guest.CloseAsync();
        Assert.Equal((0, ""), await container.WaitForExitAsync());
    }

    [Fact]
    public async Task A_mounted_folder_configures_it_and_serves_its_public_files()
    {
        using var folder = new Gateway.TemporaryFolder();
        folder.Write("config.json", """{"httpConfig": {"port": 8080}, "log_verbose": false, "apps": [{"path": "/mine"}]}""");
        folder.Write("public/.well-known/acme-challenge/x", "token");
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        await using var container = await Container.StartAsync(image.Config, image.Root, folder.Path);
        await container.WaitForLineAsync("listening on http://");
        using var client = new HttpClient();

        await using var peer = await TestPeer.ListenAsync(new Uri(container.WebSocket, "/mine"), "address");
        await using var stranger = await TestPeer.ConnectAsync(new Uri(container.WebSocket, "/callapp"));

        Assert.Equal((1008, "Unknown app"), await stranger.ExpectCloseAsync());
        Assert.Equal("token", await client.GetStringAsync(new Uri(container.Http, "/.well-known/acme-challenge/x")));
        Assert.Equal(0, (await container.ExecuteAsync(image.Config.HealthCheck)).ExitCode);
    }

    [Fact]
    public async Task A_mounted_folder_without_a_configuration_is_an_error_that_says_so()
    {
        using var folder = new Gateway.TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        await using var container = await Container.StartAsync(image.Config, image.Root, folder.Path);

        Assert.Equal(
            (1, "error: The configuration file /etc/signaling/config.json, named by the environment variable SIGNALING_CONFIG, does not exist; correct the path."),
            await container.WaitForExitAsync());
    }

    [Theory]
    [InlineData("hocon", "hocon")]
    [InlineData("Signaling.Gateway/wwwroot", "wwwroot")]
    [InlineData("Signaling.Gateway/wwwroot-internal", "wwwroot-internal")]
    public void The_files_beside_the_program_are_in_it(string source, string published)
    {
        var (from, to) = (Path.Combine(SourceFile.Root, source), Path.Combine(image.Root, "app", published));

        Assert.Equal(FilesIn(from), FilesIn(to));
        Assert.All(FilesIn(from).Split('\n'), file => Assert.Equal(File.ReadAllBytes(Path.Combine(from, file)), File.ReadAllBytes(Path.Combine(to, file))));
    }

    [Fact]
    public void What_it_runs_belongs_to_root_and_can_be_read_by_all_and_written_by_none()
    {
        const UnixFileMode Writable = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        const UnixFileMode Special = UnixFileMode.SetUser | UnixFileMode.SetGroup;

        var ours = Directory.EnumerateFileSystemEntries(Path.Combine(image.Root, "app"), "*", SearchOption.AllDirectories)
            .Append(Path.Combine(image.Root, "app")).Append(Path.Combine(image.Root, "etc/signaling/config.json")).ToArray();

        Assert.All(ours, path => Assert.Equal(UnixFileMode.OtherRead, File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | Writable | Special)));
    }

    [Theory]
    [InlineData("Signaling.Gateway.dll")]
    [InlineData("Signaling.Actors.dll")]
    [InlineData("Akka.dll")]
    public void It_is_compiled_ahead(string library)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(image.Root, "app", library)));

        Assert.NotEqual(0, file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }

    [Fact]
    public async Task For_arm64_it_is_compiled_on_this_machine()
    {
        const int AArch64 = 183; // EM_AARCH64, at offset 18 of an ELF header
        const int Linux = 0x7B79; // what a library compiled ahead for Linux has its processor combined with

        var program = await image.CompileForAsync("arm64");

        Assert.Equal(FilesIn(Path.Combine(image.Root, "app")), FilesIn(program));
        Assert.Equal(AArch64, BitConverter.ToUInt16(await File.ReadAllBytesAsync(Path.Combine(program, "Signaling.Gateway")), 18));
        using var library = new PEReader(File.OpenRead(Path.Combine(program, "Signaling.Gateway.dll")));
        Assert.NotEqual(0, library.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        Assert.Equal((ushort)Machine.Arm64, (ushort)((ushort)library.PEHeaders.CoffHeader.Machine ^ Linux));
    }

    private async Task<Container> StartAsync(params (string Name, string Value)[] environment)
    {
        var container = await Container.StartAsync(image.Config, image.Root, configuration: null, environment);
        try
        {
            await container.WaitForLineAsync("listening on http://");
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    private static string FilesIn(string folder) => string.Join(
        '\n', Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal));
}
